import { useIsFetching } from "@tanstack/vue-query";
import { type Ref, onScopeDispose, ref, watch } from "vue";
import { useRoute, useRouter } from "vue-router";

/** So long nothing is asked for before a page counts as whole: one answer may lead to the next question. */
const lugnet = 60;

/**
 * A page that is opened is whole when it has what it asked for. Until then what stands after it is not
 * shown, or it would be pushed down; a later question changes nothing.
 */
export function useHelSida(): {
    hel: Readonly<Ref<boolean>>;
    /** The first page is found, and it is known who looks at it: the menu has its place. */
    framme: Readonly<Ref<boolean>>;
} {
    const route = useRoute();
    const hamtar = useIsFetching();
    const hel = ref(false);
    const framme = ref(false);
    let timer: ReturnType<typeof setTimeout> | undefined;

    void useRouter()
        .isReady()
        .catch(() => undefined) // App shows what was wrong
        .then(() => {
            framme.value = true;
        });
    watch(
        () => route.path,
        () => {
            hel.value = false;
        },
    );
    watch(
        [framme, hamtar, () => route.path],
        () => {
            clearTimeout(timer);
            if (framme.value && hamtar.value === 0) {
                timer = setTimeout(() => {
                    hel.value = true;
                }, lugnet);
            }
        },
        { immediate: true, flush: "post" },
    );
    onScopeDispose(() => {
        clearTimeout(timer);
    });
    return { hel, framme };
}
