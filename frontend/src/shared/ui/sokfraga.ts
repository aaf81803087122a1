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
    ettAv,
    ettVarde,
    namnmonster,
    sidnummer,
    utanTomma,
} from "@/shared/fraga.logic";
import { useGa } from "./ga";
import { perSida, sidstorlekI } from "./sidor.logic";

const ordningar = ["namn", "-namn", "startdatum", "-startdatum"] as const;

interface Sokfraga {
    /** What stands in the name's field; asked for by `sok`. */
    namn: Ref<string>;
    /** The part of the question that every list by name has. */
    fraga: ComputedRef<{
        sort: (typeof ordningar)[number];
        limit: number;
        offset: number;
        namn?: string;
    }>;
    sok: () => void;
    /** Asks for the list in another order. */
    sortera: (sort: string) => void;
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

    const sort = computed(
        () => ettAv(route.query, "sort", ordningar) ?? "namn",
    );

    function byt(nytt: Record<string, string>): void {
        const { sort: ny, ...annat } = { sort: sort.value as string, ...nytt };
        ga({
            query: utanTomma({
                namn: sokt.value,
                ...val(),
                ...annat,
                sort: ny === "namn" ? undefined : ny,
                antal: sidstorlekI(route.query),
            }),
        });
    }

    return {
        namn,
        fraga: computed(() => {
            const monster = namnmonster(sokt.value);
            const limit = perSida(route.query);
            return {
                sort: sort.value,
                limit,
                offset: (sidnummer(route.query) - 1) * limit,
                ...(monster === undefined ? {} : { namn: monster }),
            };
        }),
        sok: () => {
            byt({ namn: namn.value });
        },
        sortera: (ny) => {
            byt({ sort: ny });
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
