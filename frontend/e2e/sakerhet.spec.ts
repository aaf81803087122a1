import type { Problem, Session } from "../src/shared/api/typer";
import { godta } from "./prov";
import { expect, test } from "./stod";

test("utan CSRF-värdet nekas det som ändrar", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    await page.goto("/");
    const nr = nummer();
    const status = (csrf: string | null): Promise<[number, string]> =>
        page.evaluate(
            async ([insatsId, personnr, varde]) => {
                const svar = await fetch("/v1/deltagare-sokningar", {
                    method: "POST",
                    headers: {
                        "Content-Type": "application/json",
                        ...(varde === null ? {} : { "X-SUS-CSRF": varde }),
                    },
                    body: JSON.stringify({ insatsId, personnummer: personnr }),
                });
                const kropp = (await svar.json()) as Partial<Problem>;
                return [svar.status, kropp.regel ?? ""] as [number, string];
            },
            [insats.id, nr, csrf] as const,
        );
    expect(await status(null)).toEqual([403, "csrf"]);
    expect(await status("fel")).toEqual([403, "csrf"]);
    const ratt = await page.evaluate(async () => {
        const svar = await fetch("/session");
        return ((await svar.json()) as Session).csrf;
    });
    expect((await status(ratt))[0]).toBe(200);
});

test("vakten ser ett CSP-brott och ett främmande anrop, också i en annan flik", async ({
    context,
    vakt,
}) => {
    const flik = await context.newPage();
    await flik.goto("/logga-in");
    await flik.evaluate(() => {
        const bild = document.createElement("img");
        bild.src = "http://ond.example/spion.png";
        document.body.append(bild);
        const skript = document.createElement("script");
        skript.textContent = "window.inskjutet = true";
        document.body.append(skript);
        setTimeout(() => {
            throw new Error("ett planterat fel");
        });
    });
    await godta(
        vakt,
        /^CSP: Executing inline script/m,
        /^CSP: Loading the image 'http:\/\/ond\.example\/spion\.png'/m,
        /^konsolen: (?:Executing inline script|Loading the image 'http:\/\/ond\.example)/m,
        /^anrop till annan värd: http:\/\/ond\.example\/spion\.png$/m,
        /^fel i sidan: ett planterat fel$/m,
    );
    expect(await flik.evaluate(() => "inskjutet" in window)).toBe(false);
});

test("sidan skickas med sina skyddshuvuden", async ({ page }) => {
    const svar = await page.goto("/logga-in");
    const h = svar?.headers() ?? {};
    expect(h["content-security-policy"]).toContain("default-src 'none'");
    expect(h["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(h["content-security-policy"]).not.toContain("unsafe-eval");
    expect(h["x-content-type-options"]).toBe("nosniff");
    expect(h["referrer-policy"]).toBe("no-referrer");
    expect(h["cross-origin-opener-policy"]).toBe("same-origin");
});
