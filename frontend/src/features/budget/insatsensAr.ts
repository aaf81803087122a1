import { type ComputedRef, type Ref, computed } from "vue";
import { useRoute } from "vue-router";
import { type Insats, useInsats } from "@/features/insats/queries";
import { budgetaren, valtAr } from "./budget.logic";
import { useSession } from "@/shared/session/session";

/** An insats, and which of its years a page is about. */
export interface InsatsensAr {
    insats: Ref<Insats | undefined>;
    fel: Ref<Error | null>;
    aren: ComputedRef<string[]>;
    /** "": none, or not known yet. */
    ar: ComputedRef<string>;
}

export function useInsatsensAr(
    insatsId: () => string,
    /** How many years ahead there are. */
    framat: number,
    galler: (insats: Insats) => boolean = () => true,
): InsatsensAr {
    const route = useRoute();
    const { idag } = useSession();
    const { data: insats, error: fel } = useInsats(insatsId);
    const aren = computed(() =>
        insats.value && galler(insats.value)
            ? budgetaren(insats.value, idag.value, framat)
            : [],
    );
    const ar = computed(() =>
        valtAr(route.query["ar"], aren.value, idag.value),
    );
    return { insats, fel, aren, ar };
}
