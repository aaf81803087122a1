import { shallowRef } from "vue";
import { narSessionenSlutar } from "@/shared/session/session";

/** How many were open in the insats that was given an end a moment ago. */
const sades = shallowRef<{ insatsId: string; antal: number }>();

/** In memory alone, and about the last one that was saved. */
export function minnsPagar(insatsId: string, antal: number | undefined): void {
    sades.value = antal === undefined ? undefined : { insatsId, antal };
}

/** What whoever ended the insats is told on its page. */
export function pagarI(insatsId: string): number {
    return sades.value?.insatsId === insatsId ? sades.value.antal : 0;
}

narSessionenSlutar(() => {
    sades.value = undefined;
});
