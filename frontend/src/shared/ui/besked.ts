import { onBeforeUnmount, shallowRef } from "vue";
import { type RouteLocationRaw, useRouter } from "vue-router";
import { somProblem } from "@/shared/api/problem";
import { narSessionenSlutar, sessionen } from "@/shared/session/session";

interface Besked {
    typ: "success" | "error";
    text: string;
}

/** How it went with what was saved on a page that is left; App shows it until the next page. */
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
    /** It is saved: on to the next page, unless somebody has gone to one of their own. */
    sparat: (till: RouteLocationRaw) => Promise<void>;
    /** It was refused. True: the page is left, and what was wrong is said where one is now. */
    nekat: (fel: unknown) => boolean;
}

/** What follows a save, whose page may be left before the answer comes. */
export function useEfterat(): Efterat {
    const router = useRouter();
    let kvar = true;
    onBeforeUnmount(() => {
        kvar = false;
    });
    return {
        async sparat(till) {
            if (kvar) {
                await router.push(till);
            } else {
                sag({
                    typ: "success",
                    text: "Det du sparade på förra sidan är sparat.",
                });
            }
        },
        nekat(fel) {
            if (!kvar) {
                sag({
                    typ: "error",
                    text: `Det du sparade på förra sidan blev inte sparat. ${somProblem(fel).detail}`,
                });
            }
            return !kvar;
        },
    };
}
