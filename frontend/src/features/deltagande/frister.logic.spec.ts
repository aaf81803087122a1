import { expect, it } from "vitest";
import { rattasTill } from "./frister.logic";

it("en felregistrering rättas i trettio dagar", () => {
    expect(rattasTill("2026-03-01")).toBe("2026-03-31");
});
