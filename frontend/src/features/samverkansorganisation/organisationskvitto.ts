import { shallowRef } from "vue";
import type { Schema } from "@/shared/api/typer";
import { narSessionenSlutar } from "@/shared/session/session";

type Sparad = Pick<
    Schema<"Samverkansorganisation">,
    "id" | "varningar" | "antalOppna"
>;

/** What was said of the organisation that was saved a moment ago. */
const sades = shallowRef<Sparad>();

/** In memory alone, and about the last one that was saved. */
export function minnsSparad(o: Sparad): void {
    sades.value = o;
}

/** What whoever saved it is told on its page: what is odd in it, and how many are open where it has ended. */
export function kvittot(organisationId: string): {
    varningar: readonly Schema<"Varning">[];
    oppna: number;
} {
    const o = sades.value?.id === organisationId ? sades.value : undefined;
    return { varningar: o?.varningar ?? [], oppna: o?.antalOppna ?? 0 };
}

narSessionenSlutar(() => {
    sades.value = undefined;
});
