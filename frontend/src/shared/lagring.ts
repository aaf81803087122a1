import { type Ref, ref } from "vue";

/** The browser keeps nothing for us now: its storage is full, or blocked by a setting. */
const vagrar = ref(false);
export const lagringVagrar: Readonly<Ref<boolean>> = vagrar;

function prova<T>(gor: () => T, annars: T): T {
    try {
        return gor();
    } catch {
        vagrar.value = true;
        return annars;
    }
}

export function lasLagrat(nyckel: string): string | null {
    return prova(() => localStorage.getItem(nyckel), null);
}

/** Stores a value; one that is not kept is told by lagringVagrar. */
export function lagra(nyckel: string, varde: string): void {
    prova(() => {
        localStorage.setItem(nyckel, varde);
        vagrar.value = false;
    }, undefined);
}

export function glomLagrat(nyckel: string): void {
    prova(() => {
        localStorage.removeItem(nyckel);
    }, undefined);
}

export function lagradeNycklar(): string[] {
    return prova(() => Object.keys(localStorage), []);
}
