import { type ComputedRef, type Ref, computed } from "vue";

interface Fraga {
    data: Readonly<Ref<unknown>>;
    error: Readonly<Ref<Error | null>>;
    refetch: () => unknown;
}

export interface Hamtning {
    /** All of it is there. */
    klart: ComputedRef<boolean>;
    /** Why some of it is not. */
    fel: ComputedRef<Error | undefined>;
    /** Asks anew for what did not come. */
    igen: () => void;
}

/** Several questions as one: a form without some of its choices is no form. */
export function samlat(...fragor: readonly Fraga[]): Hamtning {
    const utan = (): Fraga[] =>
        fragor.filter((f) => f.data.value === undefined);
    return {
        klart: computed(() => utan().length === 0),
        fel: computed(
            () => utan().find((f) => f.error.value)?.error.value ?? undefined,
        ),
        igen() {
            for (const f of utan()) {
                f.refetch();
            }
        },
    };
}
