import type { ShallowRef } from "vue";
import type { Faltfel } from "@/shared/api/typer";

/** What the look-over tells is odd. */
export interface Ovanligt {
    nyckel: string;
    text: string;
    /** The field it is about, as a JSON pointer into what is sent. */
    pekare: string;
    /** Where it is mended, when that is no field of this form. */
    rattas?: string;
}

/** What a look-over asks the server about before it is shown, where it asks. */
export interface Kontrollprov<K> {
    undran: ShallowRef<readonly Ovanligt[]>;
    prova: (
        kropp: () => K,
        harFalt: (fel: readonly Faltfel[]) => boolean,
    ) => Promise<void>;
    provad: (kropp: K) => boolean;
}
