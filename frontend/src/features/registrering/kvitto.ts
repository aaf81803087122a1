import { shallowRef } from "vue";
import { narSessionenSlutar } from "@/shared/session/session";
import type { Undran } from "./varning.logic";

/** What the server found odd in what was saved a moment ago, and nobody was asked about: the dry run had no answer. */
const sparades = shallowRef<{
    deltagandeId: string;
    undran: readonly Undran[];
}>();

/** In memory alone, and about the last one that was saved. */
export function minnsUndran(
    deltagandeId: string,
    undran: readonly Undran[],
): void {
    sparades.value = { deltagandeId, undran };
}

/** What its receipt tells. */
export function undranVid(deltagandeId: string): readonly Undran[] {
    return sparades.value?.deltagandeId === deltagandeId
        ? sparades.value.undran
        : [];
}

narSessionenSlutar(() => {
    sparades.value = undefined;
});
