import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import type { Schema } from "../src/shared/api/typer";
import type { Rollnamn } from "./konton";
import { fyllIn, som } from "./prov";
import {
    Api,
    efter,
    eget,
    expect,
    faltfelet,
    felen,
    grupp,
    iDag,
    markera,
    paSidan,
    sok,
    spara,
    test,
    uppgift,
} from "./stod";

/** The whole main job of each role, from the log-in's first page to what is stored. */

type Rapport = Schema<"Forsorjningsrapport">;
const rapportvag = "/rapporter/deltagarrapport/forsorjning";

test.describe("samverkansadministratören", () => {
    test.use({ roll: "samverkansadministrator" });

    test("registrerar en insats med varje uppgift, finner den i listan och ändrar den", async ({
        inloggad: page,
    }) => {
        const namn = `Prov på insats ${eget()}`;
        await page.goto("/");
        await page.goto("/insatser");
        await page.getByTestId("ny-insats").click();
        await paSidan(page, "Registrera insats");

        // The only organisation that is administered is chosen already.
        await expect(
            page.getByLabel("Samverkansorganisation").locator("option:checked"),
        ).toHaveText("Samordningsförbundet Uppsala län");
        await page.getByLabel("Insatsnamn").fill(namn);
        await page.getByLabel("Startdatum").fill(iDag(-60));
        await page.getByLabel("Slutdatum").fill(iDag(300));
        await page.getByLabel("Beskrivning").fill("Två dagar i veckan.");
        const inriktning = grupp(page, /^Inriktning/);
        const registrering = grupp(page, /^Deltagarregistrering/);
        // The inriktning preselects the method, and its own preciserade inriktningar.
        await markera(inriktning, "Strukturövergripande");
        await expect(registrering.getByLabel("Endast antal")).toBeChecked();
        await page
            .getByLabel("Preciserad inriktning")
            .selectOption("Konferens/seminarium");
        await markera(inriktning, "Individinriktad");
        await expect(
            registrering.getByLabel("Med personuppgift/anonym"),
        ).toBeChecked();
        await expect(page.getByLabel("Preciserad inriktning")).toHaveValue("");
        await page
            .getByLabel("Preciserad inriktning")
            .selectOption("Kartläggning av individer");
        const malgrupp = grupp(page, /^Specifik målgrupp/);
        await markera(malgrupp, "Kvinnor");
        await markera(malgrupp, "Unga");
        await page.getByLabel(/^Insatsanordnare/).fill("Verkstan AB");
        await page
            .getByLabel("Inmatningsorganisation")
            .selectOption("Tierps kommun (212000-0266)");
        await spara(page);

        await paSidan(page, namn);
        await expect(uppgift(page, "Beskrivning")).toHaveText(
            "Två dagar i veckan.",
        );
        await expect(uppgift(page, "Inriktning")).toHaveText("Individinriktad");
        await expect(uppgift(page, "Preciserad inriktning")).toHaveText(
            "Kartläggning av individer",
        );
        await expect(uppgift(page, "Deltagarregistrering")).toHaveText(
            "Med personuppgift/anonym",
        );
        await expect(uppgift(page, "Specifik målgrupp")).toHaveText(
            "Kvinnor och Unga",
        );
        await expect(uppgift(page, "Insatsanordnare")).toHaveText(
            "Verkstan AB",
        );
        await expect(uppgift(page, "Inmatningsorganisation")).toHaveText(
            "Tierps kommun",
        );

        await page.goto("/insatser");
        await page.getByLabel("Namn").fill(namn);
        await page.getByTestId("sok").click();
        const rad = page.getByRole("row", { name: namn });
        await expect(rad).toContainText("Samordningsförbundet Uppsala län");
        await expect(rad).toContainText(`${iDag(-60)} – ${iDag(300)}`);
        await rad.getByRole("link", { name: namn }).click();

        await page.getByTestId("andra").click();
        await paSidan(page, "Ändra insats");
        await expect(page.getByLabel(/^Insatsanordnare/)).toHaveValue(
            "Verkstan AB",
        );
        await page.getByLabel("Insatsnamn").fill(`${namn}, nytt`);
        await page.getByLabel("Slutdatum").fill(iDag(200));
        await malgrupp.locator("label", { hasText: /^\s*Unga\s*$/ }).click();
        await markera(malgrupp, "Missbruk");
        await spara(page);
        await paSidan(page, `${namn}, nytt`);
        await expect(uppgift(page, "Period")).toHaveText(
            `${iDag(-60)} – ${iDag(200)}`,
        );
        await expect(uppgift(page, "Specifik målgrupp")).toHaveText(
            "Kvinnor och Missbruk",
        );
        await page.goto(
            `/insatser?namn=${encodeURIComponent(`${namn}, nytt`)}`,
        );
        await expect(
            page.getByRole("row", { name: `${namn}, nytt` }),
        ).toContainText(iDag(200));
    });

    test("får inte ändra insatsen så att något registrerat hamnar utanför eller räknas om", async ({
        inloggad: page,
        api,
    }) => {
        const insats = await api.minInsats("Arbetslivsresurs");
        await page.goto(`/insatser/${insats.id}/andra`);
        await page.getByTestId("insatsformular").waitFor();
        for (const [falt, namn, varde, ord] of [
            [
                "slutdatum",
                "Slutdatum",
                "2010-06-30",
                "Det finns något registrerat efter det nya slutdatumet.",
            ],
            [
                "startdatum",
                "Startdatum",
                iDag(-30),
                "Det finns något registrerat före det nya startdatumet.",
            ],
        ] as const) {
            const fore = await page.locator(`#falt-${falt}`).inputValue();
            await page.locator(`#falt-${falt}`).fill(varde);
            await spara(page);
            await expect(page.getByTestId("problem")).toHaveAttribute(
                "data-regel",
                /registrerat$/,
            );
            await felen(page, [[falt, namn, ord]]);
            await page.locator(`#falt-${falt}`).fill(fore);
        }
        // The method and the inriktning are locked once anything is registered.
        await markera(grupp(page, /^Deltagarregistrering/), "Endast antal");
        await spara(page);
        await felen(page, [
            [
                "deltagarregistrering",
                "Deltagarregistrering",
                "Sättet att registrera deltagare kan inte ändras när något har registrerats i insatsen.",
            ],
        ]);
        await expect(page.getByTestId("problem")).toContainText(
            "Lämna fältet som det var",
        );
        await markera(
            grupp(page, /^Deltagarregistrering/),
            "Med personuppgift/anonym",
        );
        await expect(faltfelet(page, "deltagarregistrering")).toHaveCount(0);
        await markera(grupp(page, /^Inriktning/), "Strukturövergripande");
        await markera(
            grupp(page, /^Deltagarregistrering/),
            "Med personuppgift/anonym",
        );
        await page.getByLabel("Preciserad inriktning").selectOption("Övrig");
        await spara(page);
        await felen(page, [
            [
                "inriktning",
                "Inriktning",
                "Inriktningen kan inte ändras när något har registrerats i insatsen.",
            ],
        ]);
        expect((await api.minInsats("Arbetslivsresurs")).inriktning).toBe(
            "INDIVIDINRIKTAD",
        );
        await page.getByTestId("avbryt").click();
        await paSidan(page, "Arbetslivsresurs");
    });

    test("ser den egna organisationens kontaktperson, men ingen deltagare", async ({
        inloggad: page,
        api,
    }) => {
        const insats = await api.minInsats("Arbetslivsresurs");
        await page.goto("/samverkansorganisationer");
        await page.getByTestId("mina").getByRole("link").click();
        await paSidan(page, "Samordningsförbundet Uppsala län");
        await page.getByTestId("kontaktinformation").click();
        await expect(uppgift(page, "Kontaktperson")).toContainText(
            "Kim Ekholm, Förbundschef",
        );
        await page.goto(`/insatser/${insats.id}`);
        await expect(page.getByTestId("inga-personuppgifter")).toBeVisible();
        await expect(page.getByTestId("registrera")).toHaveCount(0);
    });
});

test("insatsansvarig ändrar sin insats och ser ingen deltagare", async ({
    page,
    baseURL,
}, info) => {
    // One insats a width: two that change the same one would be in each other's way.
    const roll: Rollnamn =
        info.project.name === "mobil"
            ? "andraInsatsansvarig"
            : "insatsansvarig";
    await som(page, roll, info);
    const api = Api.som(roll, baseURL ?? "");
    const insats = await api.minInsats();
    await page.goto("/");
    const kort = page
        .getByTestId("min-insats")
        .filter({ hasText: insats.namn });
    await expect(kort.getByTestId("registrera")).toHaveCount(0);
    await kort.getByRole("link", { name: insats.namn }).click();
    await expect(page.getByTestId("deltaganden")).toHaveCount(0);
    await expect(page.getByTestId("inga-personuppgifter")).toBeVisible();
    await page.getByTestId("andra").click();
    // An insats stays in its organisation.
    await expect(page.getByLabel("Samverkansorganisation")).toHaveCount(0);
    const text = `Ny text ${eget()}.`;
    await page.getByLabel("Beskrivning").fill(text);
    await page.getByLabel(/^Insatsanordnare/).fill("Kommunen");
    await spara(page);
    await paSidan(page, insats.namn);
    await expect(uppgift(page, "Beskrivning")).toHaveText(text);
    await expect(uppgift(page, "Insatsanordnare")).toHaveText("Kommunen");
    const nu = await api.minInsats();
    expect(nu.beskrivning).toBe(text);
    expect(nu.version).toBe(insats.version + 1);
    expect(nu.malgrupper).toEqual(insats.malgrupper);
});

test.describe("den som läser rapporter", () => {
    test.use({ roll: "susrapport" });

    test("väljer område, län, organisation, insats och kön, och får definitioner, fil och utskrift", async ({
        inloggad: page,
        api,
    }) => {
        await page.addInitScript(() => {
            Reflect.set(window, "utskrifter", 0);
            window.print = () => {
                const n = Reflect.get(window, "utskrifter") as number;
                Reflect.set(window, "utskrifter", n + 1);
            };
        });
        await page.goto("/");
        await page.getByTestId("inga-insatser").getByRole("link").click();
        await page.getByTestId("forsorjning").click();
        await paSidan(page, "Deltagarrapport försörjning");
        const urval = page.getByTestId("urval");
        const organisation = urval.getByLabel("Samverkansorganisation");
        const alternativ = (): Promise<string[]> =>
            organisation.locator("option").allTextContents();
        await urval.getByLabel("Budgetår").selectOption("2010");
        await expect.poll(alternativ).toHaveLength(5);

        // Each choice narrows the next.
        await urval.getByLabel("Verksamhetsområde").selectOption("Norr");
        await expect
            .poll(alternativ)
            .toEqual(["Alla", "Samordningsförbundet Norrbotten"]);
        await urval.getByLabel("Verksamhetsområde").selectOption("Öster");
        await urval.getByLabel("Län").selectOption("Uppsala län");
        await expect
            .poll(alternativ)
            .toEqual(["Alla", "Samordningsförbundet Uppsala län"]);
        await organisation.selectOption("Samordningsförbundet Uppsala län");
        const insats = urval.getByLabel("Insats");
        await expect(insats.locator("option")).not.toHaveCount(1);
        await insats.selectOption("Steget vidare");
        await urval.getByLabel("Kön").selectOption("Kvinnor");
        await page.getByTestId("visa-rapport").click();

        const huvud = page.getByTestId("huvud");
        for (const rad of [
            /Finansieringsform:\s*FINSAM/,
            /Budgetår:\s*2010/,
            /Verksamhetsområde:\s*Öster/,
            /Län:\s*Uppsala län/,
            /Samverkansorg:\s*Samordningsförbundet Uppsala län/,
            /Insats:\s*Steget vidare/,
            /Kön:\s*Kvinnor/,
        ]) {
            await expect(huvud).toContainText(rad);
        }
        const adress = new URL(page.url());
        adress.searchParams.set("format", "json");
        const rapport = await api.anropa<Rapport>(
            "GET",
            `/v1${adress.pathname}${adress.search}`,
        );
        expect(rapport.start.antal).toBeGreaterThan(0);
        await expect(page.getByTestId("start")).toContainText(
            `startat (registrerats in) under året: ${String(rapport.start.antal)}`,
        );
        // Women and men are all.
        const man = await api.anropa<Rapport>(
            "GET",
            `/v1${adress.pathname}${adress.search.replace("KVINNA", "MAN")}`,
        );
        const utan = new URL(adress);
        utan.searchParams.delete("kon");
        const alla = await api.anropa<Rapport>(
            "GET",
            `/v1${utan.pathname}${utan.search}`,
        );
        expect(rapport.start.antal + man.start.antal).toBe(alla.start.antal);

        // Another organisation puts the insats out.
        await urval.getByLabel("Verksamhetsområde").selectOption("");
        await expect(organisation).toHaveValue("");
        await expect(insats).toHaveValue("");

        const tomma = page.getByText("En nolla skrivs som en tom ruta");
        await expect(tomma).toBeHidden();
        await page.getByRole("button", { name: "Så räknas det" }).click();
        await expect(tomma).toBeVisible();
        await expect(
            page.getByText(
                "Felregistreringar, anonyma deltagare och insatser som bara redovisar antal.",
            ),
        ).toBeVisible();

        const [fil] = await Promise.all([
            page.waitForEvent("download"),
            page.getByTestId("fil-excel-sv").click(),
        ]);
        expect(fil.suggestedFilename()).toBe(
            "sus-forsorjning-2010-excel-sv.csv",
        );
        expect(new URL(fil.url()).searchParams.get("kon")).toBe("KVINNA");

        await page.getByTestId("skriv-ut").click();
        expect(
            await page.evaluate(
                () => Reflect.get(window, "utskrifter") as unknown,
            ),
        ).toBe(1);
    });
});

test("en annan organisations kontaktperson visas inte", async ({
    inloggad: page,
}) => {
    await page.goto("/samverkansorganisationer?namn=Norrbotten");
    await page
        .getByRole("link", { name: "Samordningsförbundet Norrbotten" })
        .click();
    await page.getByTestId("kontaktinformation").click();
    await expect(uppgift(page, "Telefon")).toHaveText("0921-100 00");
    await expect(page.locator("main")).toContainText(
        "Kontaktpersonen visas bara för organisationens egna användare.",
    );
    await expect(page.locator("main")).not.toContainText("Stefan Lind");
});

test.describe("systemförvaltaren", () => {
    test.use({ roll: "systemforvaltare" });

    test("läser kodverken, vart och ett med sin adress", async ({
        inloggad: page,
    }) => {
        await page.goto("/");
        await page
            .getByTestId("inga-insatser")
            .getByRole("link", { name: "Administration" })
            .click();
        await page.getByRole("link", { name: "Kodverk" }).click();
        const rad = (text: string) => page.getByRole("row", { name: text });
        await expect(rad("Ingen offentlig försörjning")).toContainText(
            "Utesluter alla andra",
        );
        const kodverk = page.getByLabel("Kodverk");
        await kodverk.selectOption("Avslutsanledning");
        await expect(page).toHaveURL(/kodverk=AVSLUTSANLEDNING/);
        await expect(rad("Felregistrering")).toContainText("Ur all statistik");
        await expect(rad("Återkallat samtycke")).toContainText("Utan mätning");
        await kodverk.selectOption("Stadsdel");
        await expect(rad("Angered")).toContainText("2011-01-01 – 2020-12-31");
        await expect(rad("Angered")).toContainText("1480");
        await page.goBack();
        await expect(kodverk).toHaveValue("AVSLUTSANLEDNING");
        await page.reload();
        await expect(rad("Avliden")).toBeVisible();
        // None of them is empty.
        for (const val of await kodverk.locator("option").all()) {
            await kodverk.selectOption(await val.getAttribute("value"));
            await expect(
                page.locator("tbody tr").first(),
                (await val.textContent()) ?? "",
            ).toBeVisible();
        }
    });

    test("söker i loggen på ett objekt, och bläddrar bakåt i tiden", async ({
        inloggad: page,
        baseURL,
        nummer,
    }) => {
        const registrerar = Api.som("deltagaransvarig", baseURL ?? "");
        const nr = nummer();
        const insats = await registrerar.minInsats();
        const d = await registrerar.deltagande(insats.id, nr);
        await page.goto("/administration/logg");
        const rader = page.locator("tbody tr");
        await expect(rader).toHaveCount(50);
        const forsta = await rader.first().innerText();
        await page.getByRole("link", { name: "Äldre poster" }).click();
        await expect(page).toHaveURL(/cursor=/);
        await expect(rader.first()).not.toHaveText(forsta);
        await page.goBack();

        const id = page.getByLabel("Objektets id");
        await id.fill(d.id);
        await page.getByTestId("sok").click();
        await expect(page).toHaveURL(new RegExp(`objektId=${d.id}`));
        await expect(rader).not.toHaveCount(50);
        await expect(rader.first()).toBeVisible();
        for (const r of await rader.all()) {
            await expect(r).toContainText(d.id);
        }
        // What happened, to what and by whom, but never to whom.
        const tabell = await page.getByRole("table").innerText();
        expect(tabell).not.toContain(nr);
        expect(tabell).not.toContain(await registrerar.namn(d.samtyckeId));

        await id.fill("abc");
        await page.getByTestId("sok").click();
        await felen(page, [
            ["objektId", "Objektets id", "Skriv ett id (UUID) med 36 tecken."],
        ]);
        await id.fill(randomUUID());
        await page.getByTestId("sok").click();
        await expect(page.locator("main")).toContainText(
            "Loggen har ingen sådan post.",
        );
    });

    test("döljer och visar en organisations kontaktinformation", async ({
        inloggad: page,
    }) => {
        await page.goto("/samverkansorganisationer");
        await page.getByLabel("Län").selectOption("Norrbottens län");
        await page
            .getByRole("link", { name: "Samordningsförbundet Norrbotten" })
            .click();
        await paSidan(page, "Samordningsförbundet Norrbotten");
        const knapp = page.getByRole("button", {
            name: "Dölj/visa kontaktinformation",
        });
        await expect(knapp).toHaveAttribute("aria-expanded", "false");
        await expect(page.getByText("Storgatan 12")).toHaveCount(0);
        await knapp.click();
        await expect(knapp).toHaveAttribute("aria-expanded", "true");
        await expect(uppgift(page, "Adress")).toContainText("961 31 Boden");
        await expect(uppgift(page, "Telefon")).toHaveText("0921-100 00");
        await expect(uppgift(page, "Kontaktperson")).toContainText(
            "Stefan Lind",
        );
        await knapp.click();
        await expect(knapp).toHaveAttribute("aria-expanded", "false");
        await expect(page.getByText("Storgatan 12")).toHaveCount(0);
    });
});

/** How many began and ended in the insats, each in the year of its own day, as the page prints it. */
async function iRapporten(
    page: Page,
    insatsId: string,
    startdag: string,
    avslutningsdag: string,
): Promise<{ in: number; ut: number; forsorjningsstod: number }> {
    const till = async (dag: string): Promise<void> => {
        await page.goto(
            `${rapportvag}?samverkansform=FINSAM&budgetar=${dag.slice(0, 4)}&insatsId=${insatsId}`,
        );
        await expect(page.getByTestId("start")).toBeVisible();
    };
    const tal = async (del: string): Promise<number> => {
        const text = await page.getByTestId(del).innerText();
        return Number(
            /under året: ([\d\s]*)\n/.exec(text)?.[1]?.replace(/\s/g, ""),
        );
    };
    const rad = page
        .getByTestId("start")
        .getByRole("row", { name: "Försörjningsstöd" })
        .getByRole("cell")
        .first();
    await till(startdag);
    const borjade = {
        in: await tal("start"),
        forsorjningsstod:
            (await rad.count()) === 0 ? 0 : Number(await rad.innerText()),
    };
    await till(avslutningsdag);
    return { ...borjade, ut: await tal("slut") };
}

test("deltagaransvarig söker, tar samtycke, registrerar in och ut, och rapporten följer med", async ({
    page,
    baseURL,
    nummer,
}, info) => {
    // Insatser in which no other test registers, so that the numbers are this one's.
    const [roll, namn] =
        info.project.name === "mobil"
            ? (["andraInsatsen", "Steget vidare"] as const)
            : (["fleraInsatser", "Nya spår"] as const);
    await som(page, roll, info);
    const nr = nummer();
    const insats = await Api.som(roll, baseURL ?? "").minInsats(namn);
    // At the turn of the year these are of different years, each with a report of its own.
    const startdag = iDag(-8);
    const avslutningsdag = iDag(-1);
    const rapporten = () =>
        iRapporten(page, insats.id, startdag, avslutningsdag);
    const fore = await rapporten();

    await page.goto("/");
    await page
        .getByRole("link", { name: `Registrera deltagare i ${namn}` })
        .click();
    await sok(page, nr);
    await page.getByLabel("Datum för samtycket").fill(startdag);
    await page.getByTestId("registrera-samtycke").click();
    await page.getByTestId("inregistrering").waitFor();
    await fyllIn(page, { startdag });
    await markera(page.locator("#falt-forsorjning"), "Försörjningsstöd");
    await spara(page);
    await paSidan(page, "Inregistreringen är sparad");

    const mellan = await rapporten();
    expect(mellan).toEqual({
        in: fore.in + 1,
        ut: fore.ut,
        forsorjningsstod: fore.forsorjningsstod + 1,
    });

    await page.goto(`/insatser/${insats.id}/registrera`);
    await sok(page, nr);
    await expect(page.getByLabel("Registrering", { exact: true })).toHaveValue(
        "ut",
    );
    await page.getByTestId("fortsatt").click();
    await page.getByLabel("Avslutningsdag").fill(avslutningsdag);
    await page
        .getByLabel("Avslutsanledning")
        .selectOption("Avslut enligt plan");
    await markera(grupp(page, efter.forsorjning), "A-kassa");
    await markera(grupp(page, efter.arbetssokande), "Ja");
    await markera(grupp(page, efter.arbetar), "Nej");
    await markera(grupp(page, efter.studerar), "Nej");
    await spara(page);
    await paSidan(page, "Utregistreringen är sparad");
    await expect(page.getByTestId("kvitto")).toContainText(
        `Avslutningsdag ${avslutningsdag}`,
    );
    expect(await rapporten()).toEqual({
        ...mellan,
        ut: fore.ut + 1,
    });
});

test("rapporten som lästes nyss är ny efter en registrering", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    await page.goto(`/insatser/${insats.id}`);
    const lank = page.getByRole("link", {
        name: "Deltagarrapport för insatsen",
    });
    const las = async (): Promise<number> => {
        const svar = page.waitForResponse(/\/v1\/rapporter\//);
        await lank.click();
        const rapport = (await (await svar).json()) as Rapport;
        await expect(page.getByTestId("start")).toContainText(
            `under året: ${String(rapport.start.antal)}`,
        );
        return rapport.start.antal;
    };
    const fore = await las();
    // The link leads to the report of this year: also in January.
    await api.deltagande(insats.id, nummer(), { startdag: iDag() });
    await page.goBack();
    expect(await las()).toBeGreaterThan(fore);
});
