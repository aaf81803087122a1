import { type ComputedRef, computed } from "vue";
import { ProblemFel } from "@/shared/api/problem";
import type { Utskriftsrad } from "@/shared/formular/tabell";
import { type Skillnad, skillnaderna, sparadesSa } from "./sparat.logic";
import type { EnGang } from "./utkast";

/**
 * Sends a correction. Refused because what it corrects is another version now, it is compared with what
 * stands there: an answer that was lost on its way had saved it, and there is nothing to refuse.
 */
export type Rattad<N> = (
    kropp: object,
    sand: () => Promise<unknown>,
    hamta: () => Promise<N | undefined>,
) => Promise<void>;

/** How a form is sent: what is new once, by its key; a correction by the version that it began from. */
export interface Sandning<N> {
    enGang: EnGang;
    rattad: Rattad<N>;
}

interface Rattelse<N> {
    /** What is corrected is no longer what it was when the answers were begun. */
    foraldrad: ComputedRef<boolean>;
    /** Where it says another thing than the answers. */
    skillnader: ComputedRef<readonly Skillnad[]>;
    /** What is saved makes another thing of what stands there; undefined where nothing stands. */
    andringar: ComputedRef<readonly Skillnad[] | undefined>;
    rattad: Rattad<N>;
}

/** The form of a correction, whose answers hold the version that they began from. */
export function useRattelse<
    S extends { version: number },
    N extends { version: number },
>({
    svar,
    nu,
    som,
    kropp,
    utskrift,
}: {
    svar: S;
    /** What stands there now; undefined: nothing is corrected, it is new. */
    nu: () => N | undefined;
    /** As the form holds it. */
    som: (n: N) => S;
    /** As it is sent. */
    kropp: (s: S) => object;
    /** As it is read. */
    utskrift: (s: S) => readonly Utskriftsrad[];
}): Rattelse<N> {
    const foraldrad = computed(() => {
        const n = nu();
        return n !== undefined && n.version !== svar.version;
    });
    const andringar = computed(() => {
        const n = nu();
        return n && skillnaderna(utskrift(svar), utskrift(som(n)));
    });
    return {
        foraldrad,
        skillnader: computed(() =>
            foraldrad.value ? (andringar.value ?? []) : [],
        ),
        andringar,
        async rattad(sant, sand, hamta) {
            try {
                await sand();
            } catch (e) {
                if (!(e instanceof ProblemFel && e.status === 412)) {
                    throw e;
                }
                const star = await hamta();
                if (!star || !sparadesSa(sant, kropp(som(star)))) {
                    throw e;
                }
            }
        },
    };
}
