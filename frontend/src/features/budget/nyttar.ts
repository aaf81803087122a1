import { type ComputedRef, computed, ref, watch } from "vue";

/**
 * A year of which nothing had been said when it was opened: its form stands there at once, and goes when it
 * is saved, not when the first answer says that something is there.
 */
export function useNyttAr(
    ar: () => string,
    last: () => { ar: number; version: number } | undefined,
): { nytt: ComputedRef<boolean>; sagt: () => void } {
    const oppnat = ref("");
    const nyttAr = ref("");
    watch(
        [ar, last],
        ([a, v]) => {
            if (v && String(v.ar) === a && oppnat.value !== a) {
                oppnat.value = a;
                nyttAr.value = v.version === 0 ? a : "";
            }
        },
        { immediate: true },
    );
    return {
        nytt: computed(() => nyttAr.value !== "" && nyttAr.value === ar()),
        sagt() {
            nyttAr.value = "";
        },
    };
}
