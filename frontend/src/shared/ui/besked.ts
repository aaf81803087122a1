import { onBeforeUnmount, shallowRef } from "vue";
import { type RouteLocationRaw, useRouter } from "vue-router";
import { somProblem } from "@/shared/api/problem";
import { narSessionenSlutar, sessionen } from "@/shared/session/session";

interface Besked {
    typ: "success" | "info" | "error";
    text: string;
}

/** What is told of what was just done or left; App shows it until the next page. */
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

/** How a form was left that was not saved. */
export type Lamnat = "kvar" | "kastat" | "tomt";

const vidLamnat: Record<Lamnat, Besked | undefined> = {
    kvar: {
        typ: "info",
        text: "Dina uppgifter finns kvar. Fortsätt senare från startsidan.",
    },
    kastat: { typ: "info", text: "Utkastet är kastat." },
    tomt: undefined,
};

/** What became of what was typed, told where the form was left. */
export function sagLamnat(hur: Lamnat): void {
    const nytt = vidLamnat[hur];
    if (nytt) {
        sag(nytt);
    }
}

interface Efterat {
    /** It is saved: on to the next page, if there is one, unless somebody has gone to one of their own; there the text says so. */
    sparat: (till?: RouteLocationRaw, text?: string) => Promise<void>;
    /** It was refused. True: the page is left, and what was wrong is said where one is now. */
    nekat: (fel: unknown) => boolean;
    /** The form is left unsaved for another page, which says what became of what was typed. */
    lamna: (till: RouteLocationRaw, hur: Lamnat) => void;
}

/** No answer came, or one that does not say how it went: it may be saved all the same. */
function ovisst(status: number): boolean {
    return status === 0 || status >= 500;
}

/** What follows a save, whose form may be gone before the answer comes: its page is left, or shows why it cannot be done. */
export function useEfterat(): Efterat {
    const router = useRouter();
    let kvar = true;
    onBeforeUnmount(() => {
        kvar = false;
    });

    async function till(mal: RouteLocationRaw, nytt?: Besked): Promise<void> {
        await router.push(mal);
        if (nytt) {
            sag(nytt); // after the change of page, which forgets what was said before it
        }
    }

    return {
        async sparat(mal, text) {
            if (!kvar) {
                sag({
                    typ: "success",
                    text: "Det du skickade nyss är sparat.",
                });
            } else if (mal !== undefined) {
                await till(
                    mal,
                    text === undefined ? undefined : { typ: "success", text },
                );
            } else if (text !== undefined) {
                sag({ typ: "success", text });
            }
        },
        nekat(fel) {
            if (!kvar) {
                const { status, detail } = somProblem(fel);
                sag({
                    typ: "error",
                    text: ovisst(status)
                        ? `Det är inte säkert att det du skickade nyss blev sparat. ${detail}`
                        : `Det du skickade nyss blev inte sparat. ${detail}`,
                });
            }
            return !kvar;
        },
        lamna(mal, hur) {
            till(mal, vidLamnat[hur]).catch(() => undefined); // App shows what was wrong
        },
    };
}
