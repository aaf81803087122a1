import { onBeforeUnmount, shallowRef } from "vue";
import { type RouteLocationRaw, useRouter } from "vue-router";
import { somProblem } from "@/shared/api/problem";
import { narSessionenSlutar, sessionen } from "@/shared/session/session";

interface Besked {
    typ: "success" | "error";
    text: string;
}

/** How it went with what was sent by a form that is gone; App shows it until the next page. */
export const besked = shallowRef<Besked>();

export function glomBesked(): void {
    besked.value = undefined;
}

narSessionenSlutar(glomBesked);

function sag(nytt: Besked): void {
    // Nobody is told what another did.
    if (sessionen.session) {
        besked.value = nytt;
    }
}

export interface Efterat {
    /** It is saved: on to the next page, if there is one, unless somebody has gone to one of their own. */
    sparat: (till?: RouteLocationRaw) => Promise<void>;
    /** It was refused. True: the page is left, and what was wrong is said where one is now. */
    nekat: (fel: unknown) => boolean;
}

/** What follows a save, whose form may be gone before the answer comes: its page is left, or shows why it cannot be done. */
export function useEfterat(): Efterat {
    const router = useRouter();
    let kvar = true;
    onBeforeUnmount(() => {
        kvar = false;
    });
    return {
        async sparat(till) {
            if (kvar) {
                if (till !== undefined) {
                    await router.push(till);
                }
            } else {
                sag({
                    typ: "success",
                    text: "Det du skickade nyss är sparat.",
                });
            }
        },
        nekat(fel) {
            if (!kvar) {
                sag({
                    typ: "error",
                    text: `Det du skickade nyss blev inte sparat. ${somProblem(fel).detail}`,
                });
            }
            return !kvar;
        },
    };
}
