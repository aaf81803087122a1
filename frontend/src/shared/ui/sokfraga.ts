import {
    type ComputedRef,
    type Ref,
    type WritableComputedRef,
    computed,
    ref,
    watch,
} from "vue";
import { useRoute } from "vue-router";
import {
    ettVarde,
    namnmonster,
    sidnummer,
    utanTomma,
} from "@/shared/fraga.logic";
import { useGa } from "./ga";

const perSida = 20;

interface Sokfraga {
    /** What stands in the name's field; asked for by `sok`. */
    namn: Ref<string>;
    /** The part of the question that every list by name has. */
    fraga: ComputedRef<{
        sort: "namn";
        limit: number;
        offset: number;
        namn?: string;
    }>;
    sok: () => void;
    /** A choice of `val` for a field: another one is asked for at once. */
    bytbar: (nyckel: string) => WritableComputedRef<string>;
}

/**
 * A list that is searched by name and by what else is chosen, a page at a time.
 * What is asked stands in the address; another question starts on the first page.
 */
export function useSokfraga(
    val: () => Record<string, string | undefined>,
): Sokfraga {
    const route = useRoute();
    const ga = useGa();
    const sokt = computed(() => ettVarde(route.query, "namn") ?? "");
    const namn = ref("");
    watch(
        sokt,
        (ny) => {
            namn.value = ny;
        },
        { immediate: true },
    );

    function byt(nytt: Record<string, string>): void {
        ga({ query: utanTomma({ namn: sokt.value, ...val(), ...nytt }) });
    }

    return {
        namn,
        fraga: computed(() => {
            const monster = namnmonster(sokt.value);
            return {
                sort: "namn",
                limit: perSida,
                offset: (sidnummer(route.query) - 1) * perSida,
                ...(monster === undefined ? {} : { namn: monster }),
            };
        }),
        sok: () => {
            byt({ namn: namn.value });
        },
        bytbar: (nyckel) =>
            computed({
                get: () => val()[nyckel] ?? "",
                set: (ny) => {
                    byt({ [nyckel]: ny });
                },
            }),
    };
}
