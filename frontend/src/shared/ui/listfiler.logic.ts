/** The forms that the server gives a list as a file in. */
export const listformat = [
    {
        format: "xlsx",
        andelse: "xlsx",
        namn: "Excel",
        beskrivning: "Arbetsbok med hela listan.",
    },
    {
        format: "excel-sv",
        andelse: "csv",
        namn: "CSV för Excel",
        beskrivning: "Med svenska tecken och semikolon.",
    },
    {
        format: "data",
        andelse: "csv",
        namn: "CSV, data",
        beskrivning: "Koder, för egna beräkningar.",
    },
] as const;

/** What the list is narrowed to; limit and offset are of its pages, and a file has all of them. */
export type Listfraga = Record<string, string | number | boolean | undefined>;

/** The same question without its pages. */
export function utanSidor(fraga: Listfraga): Record<string, string> {
    return Object.fromEntries(
        Object.entries(fraga)
            .filter(
                ([nyckel, v]) =>
                    v !== undefined &&
                    nyckel !== "limit" &&
                    nyckel !== "offset",
            )
            .map(([nyckel, v]) => [nyckel, String(v)]),
    );
}

/** The file's address, as one can keep it. */
export function listadress(
    vag: string,
    fraga: Listfraga,
    format: string,
): string {
    return `/v1${vag}?${new URLSearchParams({ ...utanSidor(fraga), format }).toString()}`;
}
