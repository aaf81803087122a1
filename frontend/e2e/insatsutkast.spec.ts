import {
    eget,
    enVidd,
    expect,
    grupp,
    lagrat,
    markera,
    paSidan,
    test,
    tom,
    paborjat,
    tillbakaOchOm,
} from "./stod";

/** The draft of the insats form, of a new one and of a change. */

test.describe("insatsens formulär", () => {
    test.use({ roll: "samverkansadministrator" });

    test(
        "behåller det ifyllda för en ny insats och för en ändring, var för sig",
        enVidd,
        async ({ inloggad: page, api }) => {
            const insats = await api.minInsats("Arbetslivsresurs");
            await page.goto("/insatser");
            await page.getByTestId("ny-insats").click();
            await page.getByLabel("Insatsnamn").fill("Påbörjad insats");
            await markera(grupp(page, /^Inriktning/), "Individinriktad");
            await markera(grupp(page, /^Deltagarregistrering/), "Endast antal");
            await page
                .getByLabel("Preciserad inriktning")
                .selectOption("Förebyggande insats");
            await markera(grupp(page, /^Specifik målgrupp/), "Missbruk");
            const starKvar = async (): Promise<void> => {
                await expect(page.getByLabel("Insatsnamn")).toHaveValue(
                    "Påbörjad insats",
                );
                await expect(
                    page
                        .getByLabel("Preciserad inriktning")
                        .locator("option:checked"),
                ).toHaveText("Förebyggande insats");
                // What was chosen against the inriktning's own is kept as it was chosen.
                await expect(page.getByLabel("Endast antal")).toBeChecked();
                await expect(page.getByLabel("Missbruk")).toBeChecked();
            };
            await tillbakaOchOm(page, starKvar);

            await page.goto(`/insatser/${insats.id}`);
            await page.getByTestId("andra").click();
            await expect(page.getByLabel("Insatsnamn")).toHaveValue(
                "Arbetslivsresurs",
            );
            await page.getByLabel("Insatsnamn").fill("Arbetslivsresurs nytt");
            await tillbakaOchOm(page, () =>
                expect(page.getByLabel("Insatsnamn")).toHaveValue(
                    "Arbetslivsresurs nytt",
                ),
            );

            await page.goto("/");
            await expect(paborjat(page, "Ändring av insats")).toHaveCount(1);
            await paborjat(page, "Ny insats").click();
            await paSidan(page, "Registrera insats");
            await starKvar();
            await tom(page);
            await expect(page.getByLabel("Insatsnamn")).toHaveValue("");
            await expect(page.getByLabel("Endast antal")).not.toBeChecked();
        },
    );

    test(
        "«Töm formuläret» ger tillbaka hur insatsen registrerar",
        enVidd,
        async ({ inloggad: page, api }) => {
            // Individinriktad and still only counted: not what the inriktning preselects.
            const insats = await api.nyInsats(`Töms ${eget()}`);
            await api.anropa(
                "PUT",
                `/v1/insatser/${insats.id}`,
                {
                    organisationId: insats.organisationId,
                    namn: insats.namn,
                    startdatum: insats.startdatum,
                    inriktning: "INDIVIDINRIKTAD",
                    preciseradInriktning: "REHABILITERING",
                    deltagarregistrering: "ENDAST_ANTAL",
                    malgrupper: [],
                },
                insats.version,
            );
            await page.goto(`/insatser/${insats.id}/andra`);
            await expect(page.getByLabel("Endast antal")).toBeChecked();
            await markera(grupp(page, /^Inriktning/), "Strukturövergripande");
            await page
                .getByLabel("Preciserad inriktning")
                .selectOption("Övrig");
            await expect.poll(() => lagrat(page)).toContain("OVRIG");
            await page.reload();
            await tom(page);
            await expect(page.getByLabel("Individinriktad")).toBeChecked();
            await expect(page.getByLabel("Endast antal")).toBeChecked();
            await expect(
                page
                    .getByLabel("Preciserad inriktning")
                    .locator("option:checked"),
            ).toHaveText("Rehabilitering mot arbete/utbildning");
        },
    );
});
