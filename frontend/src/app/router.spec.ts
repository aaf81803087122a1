import { describe, expect, it } from "vitest";
import servern from "../../../backend/httpapi/webpaths.json";
import { inomSus } from "@/shared/adresser";
import { rutter, vartFonstretRullar } from "./router";

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

describe("fönstret vid ett byte", () => {
    const a = { path: "/insatser/1" };
    const b = { path: "/insatser/2" };
    it("börjar överst på en ny sida", () => {
        expect(vartFonstretRullar(b, a, null)).toEqual({ top: 0 });
    });
    it("står stilla när samma sida visar en annan del av sin lista", () => {
        expect(vartFonstretRullar(a, a, null)).toBe(false);
    });
    it("finner sin plats igen med Bakåt", () => {
        const plats = { left: 0, top: 700 };
        expect(vartFonstretRullar(b, a, plats)).toBe(plats);
        expect(vartFonstretRullar(a, a, plats)).toBe(plats);
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
