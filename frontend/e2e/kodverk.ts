import type { Page } from "@playwright/test";
import type { Schema } from "../src/shared/api/typer";

type Kodrad = Schema<"Kodrad">;

/** The page has another edition of a code list than the server. */
export async function medKodverk(
    page: Page,
    typ: Schema<"Kodverkstyp">,
    andra: (rader: Kodrad[]) => Kodrad[],
): Promise<void> {
    await page.route(
        (adress) =>
            adress.pathname === "/v1/kodverk" &&
            adress.searchParams.get("kodverk") === typ,
        async (r) => {
            const svar = await r.fetch();
            const lista = (await svar.json()) as { data: Kodrad[] };
            await r.fulfill({
                response: svar,
                json: { ...lista, data: andra(lista.data) },
            });
        },
    );
}

/** A code that the server does not have, last in the list. */
export function medOkand(
    kod: string,
    etikett: string,
    mer: Partial<Kodrad> = {},
) {
    return (rader: Kodrad[]): Kodrad[] => {
        const mall = rader[0];
        if (!mall) {
            throw new Error("kodverket är tomt");
        }
        return [...rader, { ...mall, kod, etikett, ordning: 99, ...mer }];
    };
}

/** As if the code had not ended. */
export function utanSlut(rad: Kodrad): Kodrad {
    const { giltigTom, ...resten } = rad;
    return giltigTom === undefined ? rad : resten;
}
