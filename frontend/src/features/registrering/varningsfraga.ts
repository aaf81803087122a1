import { type ShallowRef, onBeforeUnmount, shallowRef } from "vue";
import { ProblemFel } from "@/shared/api/problem";
import type { Undran } from "./varning.logic";

/** «Stämmer det?»: what is odd is asked about once, before it is saved. */
export interface Varningsfraga<K> {
    /** What is asked now. */
    stalld: ShallowRef<readonly Undran[]>;
    /**
     * What is to be sent, when it may be: nothing in it is odd, or it is right all the
     * same. Undefined: the question is put, and nothing is sent. What has been sent
     * before was asked about then.
     */
    provad: (kropp: () => K, skickat?: () => boolean) => Promise<K | undefined>;
    /** «Ja»: what was asked about is right. */
    godta: () => void;
    /** The question falls: an answer has changed, or is to be. */
    dra: () => void;
    /** It is saved: the next registration is another. */
    glom: () => void;
    /** Those that nobody has been asked about. */
    ofragade: (undran: readonly Undran[]) => Undran[];
}

/** Whoever has left the page cannot be asked. */
function obesvarad(): ProblemFel {
    return new ProblemFel({
        type: "about:blank",
        title: "Stämmer det?",
        status: 0,
        detail: "Något i det är ovanligt. Det du fyllde i finns kvar: öppna det igen och välj Spara.",
        instance: "",
        regel: "fraga-obesvarad",
        fel: [],
    });
}

/** The log-in is over: the save would be refused too. */
function arUtloggad(fel: unknown): boolean {
    return (
        (fel instanceof ProblemFel && fel.status === 401) ||
        (fel instanceof DOMException && fel.name === "AbortError")
    );
}

/** prova asks what is odd, and stores nothing. What it cannot answer stops no save, which says itself what is wrong. */
export function useVarningsfraga<K>(
    prova: (kropp: K) => Promise<Undran[]>,
): Varningsfraga<K> {
    const stalld = shallowRef<readonly Undran[]>([]);
    const godtagna = new Set<string>();
    let fragat = "";
    let ratt = "";
    let kvar = true;
    onBeforeUnmount(() => {
        kvar = false;
    });

    const ofragade = (undran: readonly Undran[]): Undran[] =>
        undran.filter((u) => !godtagna.has(u.nyckel));

    async function undranOver(kropp: K): Promise<Undran[]> {
        try {
            return ofragade(await prova(kropp));
        } catch (e) {
            if (arUtloggad(e)) {
                throw e;
            }
            return [];
        }
    }

    return {
        stalld,
        async provad(kropp, skickat = () => false) {
            stalld.value = [];
            for (;;) {
                const nu = kropp();
                const text = JSON.stringify(nu);
                if (skickat() || text === ratt) {
                    return nu;
                }
                const undran = await undranOver(nu);
                if (JSON.stringify(kropp()) !== text) {
                    continue; // typed on meanwhile: what stands there now is what is saved
                }
                if (undran.length === 0) {
                    return nu;
                }
                if (!kvar) {
                    throw obesvarad();
                }
                fragat = text;
                stalld.value = undran;
                return undefined;
            }
        },
        godta() {
            for (const u of stalld.value) {
                godtagna.add(u.nyckel);
            }
            ratt = fragat;
            stalld.value = [];
        },
        dra() {
            stalld.value = [];
        },
        glom() {
            godtagna.clear();
            ratt = "";
        },
        ofragade,
    };
}
