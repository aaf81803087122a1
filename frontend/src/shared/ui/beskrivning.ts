import { type ComputedRef, computed, ref } from "vue";

interface Beskrivning {
    namn: ComputedRef<string>;
    hjalp: ComputedRef<string>;
    fel: ComputedRef<string>;
    /** For the element that takes the answer. */
    attribut: ComputedRef<Record<string, string | undefined>>;
    /** FKUI says that the field became right or wrong. */
    vidValiditet: (h: Event) => void;
}

/**
 * FKUI puts hint and fault in the label, and so in the field's name. Here the name is the label's own words;
 * the hint and the fault describe the field, and can be skipped by whoever knows it.
 */
export function useBeskrivning(
    id: () => string,
    harHjalp: () => boolean,
    obligatoriskt: () => boolean,
): Beskrivning {
    const harFel = ref(false);
    const namn = computed(() => `${id()}-namn`);
    const hjalp = computed(() => `${id()}-hjalp`);
    const fel = computed(() => `${id()}-fel`);
    return {
        namn,
        hjalp,
        fel,
        attribut: computed(() => ({
            "aria-labelledby": namn.value,
            "aria-describedby":
                [
                    ...(harHjalp() ? [hjalp.value] : []),
                    ...(harFel.value ? [fel.value] : []),
                ].join(" ") || undefined,
            "aria-required": obligatoriskt() ? "true" : undefined,
        })),
        vidValiditet(h) {
            const { elementId, validityMode } = (
                h as CustomEvent<{ elementId: string; validityMode: string }>
            ).detail;
            if (elementId === id()) {
                harFel.value = validityMode === "ERROR";
            }
        },
    };
}
