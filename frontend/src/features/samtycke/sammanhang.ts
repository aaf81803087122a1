import { type ComputedRef, computed } from "vue";
import { type Samverkansform, giltiga } from "@/features/kodverk/kodverk.logic";
import { useKodverken } from "@/features/kodverk/queries";
import type { Hamtning } from "@/shared/api/hamtning";
import { arDag } from "@/shared/datum.logic";
import { useSession } from "@/shared/session/session";
import type { Samtyckessammanhang, Samtyckessvar } from "./samtycke.logic";

/** What a samtycke's fields are asked by, of the day that stands in the form. */
export function useSamtyckessammanhang(
    svar: Samtyckessvar,
    form: Samverkansform,
    { mognad, rattar }: { mognad: () => boolean; rattar: boolean },
): { kodverken: Hamtning; sammanhang: ComputedRef<Samtyckessammanhang> } {
    const { idag } = useSession();
    const kodverken = useKodverken("BLANKETT", "SPRAK");
    const [blankett, sprak] = kodverken.listor;
    const sammanhang = computed(() => {
        const dag = arDag(svar.datum) ? svar.datum : idag.value;
        return {
            idag: idag.value,
            blanketter: giltiga(blankett.value ?? [], dag, form),
            sprak: giltiga(sprak.value ?? [], dag, form),
            mognad: mognad(),
            rattar,
        };
    });
    return { kodverken, sammanhang };
}
