import type { Schema } from "@/shared/api/typer";

export type Kodrad = Schema<"Kodrad">;
export type Samverkansform = Schema<"Samverkansform">;

/**
 * What may be chosen on a day and for a samverkansform, in form order. What a withdrawal alone sets is
 * no choice; its label is etikett's like any other.
 */
export function giltiga(
    rader: readonly Kodrad[],
    dag: string,
    form?: Samverkansform,
): Kodrad[] {
    return rader
        .filter(
            (r) =>
                !r.endastAterkallelse &&
                r.giltigFran <= dag &&
                (r.giltigTom === undefined || r.giltigTom >= dag) &&
                (r.samverkansform === undefined ||
                    form === undefined ||
                    r.samverkansform === form),
        )
        .sort((a, b) => a.ordning - b.ordning);
}

/** The rows that hold on some day of a period, each code once, as the server asks of what lasts. */
export function giltigaUnder(
    rader: readonly Kodrad[],
    fran: string,
    tom?: string,
): Kodrad[] {
    const under = rader.filter(
        (r) =>
            (tom === undefined || r.giltigFran <= tom) &&
            (r.giltigTom === undefined || r.giltigTom >= fran),
    );
    return under
        .filter((r, n) => under.findIndex((x) => x.kod === r.kod) === n)
        .sort((a, b) => a.ordning - b.ordning);
}

/** The label of a code on a day; the code itself when the list does not know it. */
export function etikett(
    rader: readonly Kodrad[],
    kod: string,
    dag?: string,
): string {
    const med = rader.filter((r) => r.kod === kod);
    const pa =
        dag === undefined
            ? undefined
            : med.find(
                  (r) => r.giltigFran <= dag && (r.giltigTom ?? dag) >= dag,
              );
    return (pa ?? med[med.length - 1])?.etikett ?? kod;
}

/** As the choices of a field. */
export function somVal(
    rader: readonly Kodrad[],
): { varde: string; text: string }[] {
    return rader.map((r) => ({ varde: r.kod, text: r.etikett }));
}

export const samverkansformer: Record<Samverkansform, string> = {
    FINSAM: "FINSAM",
    TVAPARTSFINSAM: "Tvåpartsfinsam",
    HANDLINGSPLANSSAMVERKAN: "Handlingsplanssamverkan",
    AF_FK_SAMARBETE: "Af/FK-samarbete",
};
