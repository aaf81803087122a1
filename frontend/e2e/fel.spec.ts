import type { Page, Route } from "@playwright/test";
import {
    efter,
    expect,
    fore,
    grupp,
    iDag,
    markera,
    sok,
    spara,
    test,
} from "./stod";

/** The list on top, and the field, say the same. */
async function faltfel(page: Page, rader: string[]): Promise<void> {
    const lankar = page.getByTestId("fellista").getByRole("link");
    await expect(lankar).toHaveText(rader.map((r) => new RegExp(`^\\s*${r}`)));
}

/** Each line of the list leads into the form. */
async function lankarna(page: Page, formular: string): Promise<void> {
    const lankar = page.getByTestId("fellista").getByRole("link");
    for (let n = 0; n < (await lankar.count()); n++) {
        await lankar.nth(n).click();
        await expect(
            page.getByTestId(formular).locator(":focus"),
            await lankar.nth(n).innerText(),
        ).toHaveCount(1);
    }
}

test("varje fältfel i inregistreringen", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const s = await api.samtycke(insats.id, nummer());
    await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
    await page.getByTestId("inregistrering").waitFor();
    await spara(page);
    await faltfel(page, [
        "Startdag: Fältet måste fyllas i",
        "Högsta avslutade utbildningsnivå: Välj en utbildningsnivå",
        "Antal år med offentlig försörjning: Fältet måste fyllas i",
        "Försörjning före: Välj minst en",
        "Aktivt arbetssökande före: Svara ja eller nej",
        "Förvärvsarbetar före: Svara ja eller nej",
        "Studier före: Svara ja eller nej",
    ]);
    await lankarna(page, "inregistrering");

    // Work and studies ask for more.
    await markera(grupp(page, fore.arbetar), "Ja");
    await markera(grupp(page, fore.studerar), "Ja");
    await page.getByLabel("procent deltagaren har arbetat").fill("101");
    await page.getByLabel("procent deltagaren har studerat").fill("0");
    await page.getByLabel("Hur länge har deltagaren varit").fill("101");
    const dagen = page.getByLabel("Startdag");
    await dagen.fill(iDag(3));
    await spara(page);
    await faltfel(page, [
        "Startdag: Dagen får inte vara efter",
        "Högsta avslutade utbildningsnivå",
        "Antal år med offentlig försörjning: .* heltal från 0 till 100",
        "Försörjning före",
        "Aktivt arbetssökande före",
        "Arbetets omfattning före: .* heltal från 1 till 100",
        "Typ av arbete före: Välj minst en",
        "Studiernas omfattning före: .* heltal från 1 till 100",
    ]);
    for (const [dag, fel] of [
        ["2026-13-45", "Skriv datumet som åååå-mm-dd"],
        ["2001-01-01", "Dagen ligger utanför"],
    ] as const) {
        await dagen.fill(dag);
        await spara(page);
        await expect(
            page.getByTestId("fellista").getByRole("link").first(),
        ).toContainText(fel);
    }
    // «Ingen» and the others put each other out.
    await dagen.fill(iDag(-3));
    await dagen.blur();
    const f = grupp(page, fore.forsorjning);
    await markera(f, "A-kassa");
    await markera(f, "Ingen offentlig försörjning");
    await expect(f.getByLabel("A-kassa")).not.toBeChecked();
});

test("varje fältfel i utregistreringen och rättelsen", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const d = await api.deltagande(insats.id, nummer());
    await page.goto(`/insatser/${insats.id}/registrera/ut/${d.id}`);
    await page.getByTestId("utregistrering").waitFor();
    await spara(page);
    await faltfel(page, ["Avslutningsdag: Fältet", "Avslutsanledning: Välj"]);
    await page.getByLabel("Avslutsanledning").selectOption({ index: 1 });
    await page.getByLabel("Avslutningsdag").fill(iDag(-30));
    await markera(grupp(page, efter.arbetar), "Ja");
    await markera(grupp(page, efter.studerar), "Ja");
    await spara(page);
    await faltfel(page, [
        "Avslutningsdag: .* före startdagen",
        "Försörjning efter",
        "Aktivt arbetssökande efter",
        "Arbetets omfattning efter",
        "Typ av arbete efter",
        "Studiernas omfattning efter",
    ]);
    await lankarna(page, "utregistrering");

    await page.goto(`/insatser/${insats.id}/registrera/ratta-in/${d.id}`);
    await page.getByTestId("inregistrering").waitFor();
    await spara(page);
    await faltfel(page, ["Varför rättas uppgiften\\?: Skriv kort"]);
});

test("fältfel i samtycket, sökningen och de anonyma", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    await page.goto(`/insatser/${insats.id}/registrera`);
    await page.getByTestId("sok").click();
    await faltfel(page, ["Personnummer: Fyll i"]);
    await page.getByLabel(/^Personnummer/).fill("19500101-0000");
    await page.getByTestId("sok").click();
    await faltfel(page, ["Personnummer: .* stämmer inte"]);
    await sok(page, nummer());
    await page.getByTestId("registrera-samtycke").click();
    await faltfel(page, ["Datum för samtycket: Fältet"]);
    await page.getByLabel("Datum för samtycket").fill(iDag(2));
    await page.getByTestId("registrera-samtycke").click();
    await faltfel(page, ["Datum för samtycket: .* efter dagens"]);

    await page.goto(`/insatser/${insats.id}/anonyma`);
    await page.getByTestId("lagg-till-kvinnor").click();
    await faltfel(page, ["Antal kvinnor: "]);
    await page.getByLabel("Antal män").fill("x");
    await page.getByTestId("lagg-till-man").click();
    await faltfel(page, ["Antal män: "]);
});

function problem(
    status: number,
    regel: string,
    huvuden: Record<string, string> = {},
) {
    return (r: Route) =>
        r.fulfill({
            status,
            contentType: "application/problem+json",
            headers: huvuden,
            body: JSON.stringify({
                type: `https://sus.forsakringskassan.se/fel/${regel}`,
                title: `Rubrik ${status}`,
                status,
                detail: `Detalj ${status}.`,
                instance: "/v1",
                regel,
                fel:
                    status === 422
                        ? [
                              {
                                  pekare: "/startdag",
                                  regel: "prov",
                                  meddelande: "Serverns ord om dagen.",
                              },
                          ]
                        : [],
            }),
        });
}

test("ett problem av varje status sägs, och svaren står kvar", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const s = await api.samtycke(insats.id, nummer());
    await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
    await page.getByLabel("Startdag").fill(iDag(-4));
    await page
        .getByLabel("Högsta avslutade utbildningsnivå")
        .selectOption("Gymnasium");
    await page.getByLabel("Hur länge har deltagaren varit").fill("6");
    await markera(grupp(page, fore.forsorjning), "A-kassa");
    for (const fraga of [fore.arbetssokande, fore.arbetar, fore.studerar]) {
        await markera(grupp(page, fraga), "Nej");
    }
    const post = `**/v1/insatser/${insats.id}/deltaganden`;
    const ruta = page.getByTestId("problem");
    for (const [status, regel, hjalp] of [
        [400, "ogiltig-begaran", ""],
        [403, "behorighet-saknas", "Be den som beställer behörigheter"],
        [404, "saknas", "Kontrollera adressen"],
        [409, "redan-oppen", "Välj Utregistrering för att avsluta"],
        [410, "aterkallat", "Räkna personen som anonym"],
        [412, "foraldrad", "Dina svar står kvar"],
        [413, "for-stor", "Korta texterna"],
        [429, "for-manga", "Försök igen om 2 minuter"],
        [500, "internt-fel", "finns kvar"],
        [503, "folkbokforing-otillganglig", "Försök igen om några minuter"],
    ] as const) {
        await page.unroute(post);
        await page.route(
            post,
            problem(
                status,
                regel,
                status === 429 ? { "Retry-After": "120" } : {},
            ),
        );
        await spara(page);
        await expect(ruta, String(status)).toHaveAttribute("data-regel", regel);
        await expect(ruta).toContainText(`Detalj ${status}.`);
        await expect(ruta).toContainText(hjalp);
    }
    // The server's words at the field.
    await page.unroute(post);
    await page.route(post, problem(422, "ogiltig"));
    await spara(page);
    await expect(page.getByTestId("fellista")).toContainText(
        "Startdag: Serverns ord om dagen.",
    );
    // An answer that is no problem, and no answer at all.
    await page.unroute(post);
    await page.route(post, (r) =>
        r.fulfill({ status: 502, contentType: "text/html", body: "<h1>502" }),
    );
    await spara(page);
    await expect(ruta).toBeVisible();
    await expect(ruta).not.toContainText("<h1>");
    await page.unroute(post);
    await page.route(post, (r) => r.abort());
    await spara(page);
    await expect(ruta).toBeVisible();

    // Nothing was lost: the next try goes through.
    await page.unroute(post);
    await expect(page.getByLabel("Hur länge har deltagaren varit")).toHaveValue(
        "6",
    );
    await spara(page);
    await expect(page.getByTestId("kvitto")).toBeVisible();
});
