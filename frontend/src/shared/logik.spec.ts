import { expect, it } from "vitest";

// Names alone: nothing is loaded.
const filer = Object.keys(import.meta.glob("/src/**/*.logic{,.spec}.ts"));

it("varje regel har sina prov bredvid sig", () => {
    const regler = filer.filter((f) => f.endsWith(".logic.ts"));
    expect(regler.length).toBeGreaterThan(10);
    expect(
        regler.filter((f) => !filer.includes(f.replace(/ts$/, "spec.ts"))),
    ).toEqual([]);
});
