import { describe, expect, it } from "vitest";
import servern from "../../../backend/httpapi/webpaths.json";
import { inomSus, rutter } from "./router";

describe("rutterna", () => {
    it("känns alla igen av servern, som annars svarar 404", () => {
        for (const r of rutter) {
            const forsta = r.path.split("/")[1] ?? "";
            if (!forsta.startsWith(":")) {
                expect(servern, r.path).toContain(forsta);
            }
        }
    });
});

describe("vägen efter inloggning", () => {
    it("är alltid inom SUS", () => {
        expect(inomSus("/insatser/1?status=PAGAENDE")).toBe(
            "/insatser/1?status=PAGAENDE",
        );
        for (const annan of [
            "//ond.example",
            "https://ond.example",
            "/\\ond.example",
            "/\t/ond.example",
            "/\n//ond.example",
            "/.//ond.example",
            "/a/..//ond.example",
            undefined,
            ["/"],
            "",
        ]) {
            expect(inomSus(annan)).toBe("/");
        }
    });
});
