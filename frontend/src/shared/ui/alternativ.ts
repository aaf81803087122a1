/** What a field has to choose between. */
export interface Alternativ {
    varde: string;
    text: string;
    /** Under this heading in a list. */
    grupp?: string | undefined;
}

/** The choices under their headings, in the order that they stand. */
export function grupperade(
    val: readonly Alternativ[],
): { grupp: string | undefined; val: Alternativ[] }[] {
    const ut: { grupp: string | undefined; val: Alternativ[] }[] = [];
    for (const v of val) {
        const sista = ut.at(-1);
        if (sista && sista.grupp === v.grupp) {
            sista.val.push(v);
        } else {
            ut.push({ grupp: v.grupp, val: [v] });
        }
    }
    return ut;
}
