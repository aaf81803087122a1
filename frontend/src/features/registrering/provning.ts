import { type ShallowRef, shallowRef } from "vue";
import { ProblemFel } from "@/shared/api/problem";
import type { Faltfel } from "@/shared/api/typer";
import type { Undran } from "./varning.logic";

/** What is odd in what is to be saved: asked of the server before the look-over, which shows it. */
export interface Provning<K> {
    /** What the look-over tells. */
    undran: ShallowRef<readonly Undran[]>;
    /** Asks about what stands there; typed on meanwhile, it asks again. */
    prova: (
        kropp: () => K,
        harFalt: (fel: readonly Faltfel[]) => boolean,
    ) => Promise<void>;
    /** This very body is the one that was asked about. */
    provad: (kropp: K) => boolean;
    /** It is saved: the next registration is another. */
    glom: () => void;
    /** Those that nobody has been shown. */
    ovisade: (undran: readonly Undran[]) => Undran[];
}

/** The log-in is over: the save would be refused too. */
function arUtloggad(fel: unknown): boolean {
    return (
        (fel instanceof ProblemFel && fel.status === 401) ||
        (fel instanceof DOMException && fel.name === "AbortError")
    );
}

/** fraga asks what is odd, and stores nothing. What it cannot answer stops no save, which says itself what is wrong. */
export function useProvning<K>(
    fraga: (kropp: K) => Promise<Undran[]>,
): Provning<K> {
    const undran = shallowRef<readonly Undran[]>([]);
    const visade = new Set<string>();
    let provat = "";

    async function undranOver(
        kropp: K,
        harFalt: (fel: readonly Faltfel[]) => boolean,
    ): Promise<Undran[]> {
        try {
            return await fraga(kropp);
        } catch (e) {
            // A field that is refused is told where it stands, before it is looked over.
            if (
                arUtloggad(e) ||
                (e instanceof ProblemFel && harFalt(e.problem.fel))
            ) {
                throw e;
            }
            return [];
        }
    }

    return {
        undran,
        async prova(kropp, harFalt) {
            for (;;) {
                const nu = kropp();
                const text = JSON.stringify(nu);
                const svar = await undranOver(nu, harFalt);
                if (JSON.stringify(kropp()) === text) {
                    undran.value = svar;
                    for (const u of svar) {
                        visade.add(u.nyckel);
                    }
                    provat = text;
                    return;
                }
            }
        },
        provad: (kropp) => JSON.stringify(kropp) === provat,
        glom() {
            undran.value = [];
            visade.clear();
            provat = "";
        },
        ovisade: (alla) => alla.filter((u) => !visade.has(u.nyckel)),
    };
}
