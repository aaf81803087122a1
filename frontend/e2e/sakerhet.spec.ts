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
                const kropp = (await svar.json()) as { regel?: string };
                return [svar.status, kropp.regel ?? ""] as [number, string];
            },
            [insats.id, nr, csrf] as const,
        );
    expect(await status(null)).toEqual([403, "csrf"]);
    expect(await status("fel")).toEqual([403, "csrf"]);
    const ratt = await page.evaluate(async () => {
        const svar = await fetch("/session");
        return ((await svar.json()) as { csrf: string }).csrf;
    });
    expect((await status(ratt))[0]).toBe(200);
});

test("vakten ser ett CSP-brott och ett främmande anrop", async ({
    page,
    vakt,
}) => {
    await page.goto("/logga-in");
    await page.evaluate(() => {
        const bild = document.createElement("img");
        bild.src = "http://ond.example/spion.png";
        document.body.append(bild);
        const skript = document.createElement("script");
        skript.textContent = "window.inskjutet = true";
        document.body.append(skript);
    });
    await expect
        .poll(() => vakt.filter((v) => v.startsWith("CSP")).length)
        .toBeGreaterThan(1);
    expect(await page.evaluate(() => "inskjutet" in window)).toBe(false);
    // The planted faults are not the run's.
    vakt.length = 0;
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
