import { shallowRef } from "vue";
import { narSessionenSlutar } from "@/shared/session/session";
import type { Schema } from "@/shared/api/typer";

/** The list of deltaganden that one goes through, as it was shown. In memory alone, and ids alone. */
interface Lista {
    insatsId: string;
    /** The list's own address, with its filters and its page. */
    adress: string;
    poster: readonly {
        id: string;
        status: Schema<"Deltagandestatus">;
    }[];
}

const visad = shallowRef<Lista>();

export function minnsLista(
    insatsId: string,
    adress: string,
    poster: readonly Lista["poster"][number][],
): void {
    visad.value = {
        insatsId,
        adress,
        poster: poster.map(({ id, status }) => ({ id, status })),
    };
}

/** The list that this deltagande was found in; undefined: one came another way. */
export function listanMed(deltagandeId: string): Lista | undefined {
    return visad.value?.poster.some((p) => p.id === deltagandeId) === true
        ? visad.value
        : undefined;
}

/** The one below this in the list that is still open; undefined: there is none on that page of it. */
export function nastaILista(deltagandeId: string): string | undefined {
    const lista = listanMed(deltagandeId);
    const har = lista?.poster.findIndex((p) => p.id === deltagandeId) ?? -1;
    return lista?.poster.slice(har + 1).find((p) => p.status === "PAGAENDE")
        ?.id;
}

narSessionenSlutar(() => {
    visad.value = undefined;
});
