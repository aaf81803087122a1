import { onScopeDispose, shallowRef, watch } from "vue";

/**
 * After a change of page the focus moves to its heading, as a browser's own page
 * load would. The router says that a change is on; the heading that then appears
 * takes the focus, also when its page had to fetch something first.
 */
let pagar = false;

export function markeraSidbyte(): void {
    pagar = true;
}

export function taSidbyte(): boolean {
    const ja = pagar;
    pagar = false;
    return ja;
}

/** The forms of the page that hold faults. */
const felande = shallowRef<readonly symbol[]>([]);

/** While a form holds faults the page's title says so first. */
export function useFelITiteln(harFel: () => boolean): void {
    const denna = Symbol("formulär");
    const utan = (): symbol[] => felande.value.filter((f) => f !== denna);
    watch(harFel, (har) => {
        felande.value = har ? [...utan(), denna] : utan();
    });
    onScopeDispose(() => {
        felande.value = utan();
    });
}

export function sidtitel(titel: string): string {
    const fel = felande.value.length > 0 ? "Fel: " : "";
    return fel + (titel === "SUS" ? titel : `${titel} – SUS`);
}
