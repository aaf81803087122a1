import { type ComputedRef, computed, nextTick, watch } from "vue";
import { type LocationQuery, useRoute, useRouter } from "vue-router";

/** The look-over is a step of its form's page, with an address: Back leads to the form, and a reload shows it again. */
interface Steg {
    kontrollerar: ComputedRef<boolean>;
    tillKontroll: () => Promise<void>;
    tillFalten: () => Promise<void>;
    /** The form's own address, for a link to it. */
    falten: ComputedRef<{ query: LocationQuery }>;
}

const kontrollera = "kontrollera";

export function useSteg(): Steg {
    const route = useRoute();
    const router = useRouter();
    const kontrollerar = computed(() => route.query["steg"] === kontrollera);
    const falten = computed(() => ({
        query: Object.fromEntries(
            Object.entries(route.query).filter(([namn]) => namn !== "steg"),
        ),
    }));

    /** Back over the step, when it was come to from the form: forth and back leaves no trail of look-overs. */
    function bakat(): Promise<void> {
        return new Promise((klar) => {
            const sluta = watch(kontrollerar, () => {
                sluta();
                klar();
            });
            router.back();
        });
    }

    return {
        kontrollerar,
        falten,
        async tillKontroll() {
            await router.push({ query: { ...route.query, steg: kontrollera } });
        },
        async tillFalten() {
            if (!kontrollerar.value) {
                return;
            }
            const dit = router.resolve(falten.value).fullPath;
            if (router.options.history.state["back"] === dit) {
                await bakat();
            } else {
                await router.replace(falten.value);
            }
            await nextTick();
        },
    };
}
