import type { Route } from "@playwright/test";
import { expect, fore, grupp, iDag, markera, spara, test } from "./stod";

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
        [406, "format-saknas", ""],
        [409, "redan-oppen", "Välj Utregistrering för att avsluta"],
        [410, "aterkallat", "Räkna personen som anonym"],
        [412, "foraldrad", "Dina svar står kvar"],
        [413, "for-stor", "Korta texterna"],
        [415, "medietyp", ""],
        [428, "etag-saknas", ""],
        [429, "for-manga-forsok", "Försök igen om 2 minuter"],
        [500, "internt-fel", "support"],
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
        // Its own words, and what to do when they do not say it.
        await expect(ruta.locator("p"), String(status)).toHaveText([
            `Detalj ${status}.`,
            ...(hjalp === "" ? [] : [new RegExp(hjalp)]),
            ...(status === 429 || status >= 500
                ? ["Det du har fyllt i finns kvar."]
                : []),
        ]);
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
