import {
    eget,
    expect,
    faltfelet,
    felen,
    grupp,
    iDag,
    markera,
    paSidan,
    spara,
    test,
    uppgift,
} from "./stod";

/** The whole main job of a samverkansadministratör. */

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
