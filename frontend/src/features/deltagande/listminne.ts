import { shallowRef } from "vue";
import { narSessionenSlutar } from "@/shared/session/session";
import type { Schema } from "@/shared/api/typer";

type Post = Pick<Schema<"Deltagande">, "id" | "status">;

/** The list of deltaganden that one goes through, as it was shown. In memory alone, and ids alone. */
interface Lista {
    insatsId: string;
    /** The list's own address, with its filters and its page. */
    adress: string;
    ider: readonly string[];
    /** The same page of it, as it is now. */
    hamta: () => Promise<readonly Post[]>;
}

const visad = shallowRef<Lista>();

export function minnsLista(
    insatsId: string,
    adress: string,
    poster: readonly Pick<Post, "id">[],
    hamta: Lista["hamta"],
): void {
    visad.value = {
        insatsId,
        adress,
        ider: poster.map(({ id }) => id),
        hamta,
    };
}

/** The list that this deltagande was found in; undefined: one came another way. */
export function listanMed(deltagandeId: string): Lista | undefined {
    return visad.value?.ider.includes(deltagandeId) === true
        ? visad.value
        : undefined;
}

/**
 * The one below this in the list that is open now, or the first that has come to the page since: where one
 * is ended and left out, the next moves up. The list is asked again: others may have ended theirs meanwhile.
 */
export async function nastaILista(
    deltagandeId: string,
): Promise<string | undefined> {
    const lista = listanMed(deltagandeId);
    if (!lista) {
        return undefined;
    }
    const nu = await lista.hamta();
    const nya = nu.filter((p) => !lista.ider.includes(p.id)).map((p) => p.id);
    const ider = [...lista.ider, ...nya];
    if (visad.value === lista) {
        visad.value = { ...lista, ider };
    }
    const oppna = new Set(
        nu.filter((p) => p.status === "PAGAENDE").map((p) => p.id),
    );
    return ider
        .slice(ider.indexOf(deltagandeId) + 1)
        .find((id) => oppna.has(id));
}

narSessionenSlutar(() => {
    visad.value = undefined;
});
