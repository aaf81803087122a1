import { senasteKod } from "./forbered";
import { huvudlosenord } from "./konton";
import { expect, paSidan, test } from "./stod";

/** Log-ins of this file's own; the phone follows the demo's order. */
const konton = {
    dator: [
        { nr: "197701222387", mobil: "+46701740616" },
        { nr: "197701212396", mobil: "+46701740613" },
    ],
    mobil: [
        { nr: "197701262391", mobil: "+46701740623" },
        { nr: "197701242385", mobil: "+46701740620" },
    ],
};

function konto(projekt: string, n: number): { nr: string; mobil: string } {
    return konton[projekt as "dator"][n] ?? { nr: "", mobil: "" };
}

test("två steg, koden läst på demons sida, och utloggning", async ({
    page,
    context,
    baseURL,
}, info) => {
    const { nr, mobil } = konto(info.project.name, 0);
    await page.goto("/insatser");
    await paSidan(page, "Logga in i SUS");
    await page.getByLabel(/^Personnummer/).fill(nr);
    await page.getByLabel("Masterlösenord").fill(huvudlosenord);
    await page.getByRole("button", { name: "Skicka engångskod" }).click();
    const kodfalt = page.getByLabel("Engångskod");
    await expect(kodfalt).toBeFocused();

    // The phone of the demo is a page of its own.
    const kod = await senasteKod(baseURL ?? "", mobil);
    const telefon = await context.newPage();
    await telefon.goto("/demo");
    await expect(
        telefon.getByTestId("sms").filter({ hasText: kod }),
    ).toHaveCount(1);
    await telefon.close();

    // A wrong code first: it is said, and the next one counts.
    await kodfalt.fill(kod === "000000" ? "111111" : "000000");
    await page.getByRole("button", { name: "Logga in", exact: true }).click();
    await expect(page.getByTestId("problem")).toContainText("Koden är fel");
    await kodfalt.fill(kod);
    await page.getByRole("button", { name: "Logga in", exact: true }).click();

    // Back to where the log-in stood in the way.
    await expect(page).toHaveURL(/\/insatser$/);
    await paSidan(page, "Insats");

    const kakor = await context.cookies();
    expect(kakor.map((k) => k.name)).toEqual(["__Host-sus"]);
    expect(kakor[0]).toMatchObject({
        httpOnly: true,
        secure: true,
        sameSite: "Strict",
        path: "/",
    });
    expect(await page.evaluate(() => document.cookie)).toBe("");

    await page.getByTestId("logga-ut").click();
    await paSidan(page, "Logga in i SUS");
    await expect(page.getByTestId("utloggad")).toBeVisible();
    expect(await context.cookies()).toEqual([]);
    await page.goBack();
    await paSidan(page, "Logga in i SUS");
});

test("fel huvudlösenord, tomma fält och för många koder sägs rakt", async ({
    page,
    baseURL,
}, info) => {
    const { nr, mobil } = konto(info.project.name, 1);
    await page.goto("/logga-in");
    await page.getByRole("button", { name: "Skicka engångskod" }).click();
    const lista = page.getByTestId("fellista");
    await expect(lista).toContainText("Fyll i personnumret");
    await expect(lista).toContainText("Fyll i masterlösenordet");

    await page.getByLabel(/^Personnummer/).fill("19770117-0000");
    await page.getByLabel("Masterlösenord").fill("fel");
    await page.getByRole("button", { name: "Skicka engångskod" }).click();
    await expect(lista).toContainText(
        "Kontrollsiffran i personnumret stämmer inte",
    );

    await page.getByLabel(/^Personnummer/).fill(nr);
    await page.getByRole("button", { name: "Skicka engångskod" }).click();
    await expect(page.getByTestId("problem")).toHaveAttribute(
        "data-regel",
        "inloggning-felaktig",
    );

    await page.getByLabel("Masterlösenord").fill(huvudlosenord);
    await page.getByRole("button", { name: "Skicka engångskod" }).click();
    const kodfalt = page.getByLabel("Engångskod");
    await kodfalt.fill("12");
    await page.getByRole("button", { name: "Logga in", exact: true }).click();
    await expect(lista).toContainText("sex siffrorna");
    const kod = await senasteKod(baseURL ?? "", mobil);
    const fel = kod === "000000" ? "111111" : "000000";
    for (let n = 0; n < 6; n++) {
        await kodfalt.fill(fel);
        const svar = page.waitForResponse(/\/koder$/);
        await page
            .getByRole("button", { name: "Logga in", exact: true })
            .click();
        if ((await svar).status() === 410) {
            break;
        }
        await expect(kodfalt).toHaveValue("");
    }
    await expect(page.getByTestId("problem")).toHaveAttribute(
        "data-regel",
        "inloggning-forbrukad",
    );
    await page
        .getByRole("button", { name: "Börja om och få en ny kod" })
        .click();
    await expect(page.getByLabel("Masterlösenord")).toHaveValue("");
});

test("en adress till en annan plats följs inte efter inloggningen", async ({
    inloggad: page,
}) => {
    await page.goto("/logga-in?till=https%3A%2F%2Fond.example%2F");
    await paSidan(page, "Välkommen till SUS");
    await page.goto("/logga-in?till=%2F%2Fond.example%2F");
    await paSidan(page, "Välkommen till SUS");
});
