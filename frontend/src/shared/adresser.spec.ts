import { describe, expect, it } from "vitest";
import { adress, rutt, vagar } from "./adresser";

const id = "019373a0-1111-7aaa-8bbb-0a1b2c3d4e5f";

describe("adresser", () => {
    it("fylls i med sina id:n", () => {
        expect(adress("startsida")).toBe("/");
        expect(adress("insats-andra", { insatsId: id })).toBe(
            `/insatser/${id}/andra`,
        );
        expect(
            adress("registrera-in", { insatsId: "a", samtyckeId: "b" }),
        ).toBe("/insatser/a/registrera/in/b");
    });
    it("lämnar ingen lucka som adressen kan gå vilse i", () => {
        expect(adress("insats", { insatsId: "a/b?c" })).toBe(
            "/insatser/a%2Fb%3Fc",
        );
    });
    it("kräver sina id:n redan när sidan byggs", () => {
        // @ts-expect-error the id is missing
        expect(adress("insats")).toBe("/insatser/");
        // @ts-expect-error the page has no id
        expect(adress("rapporter", { insatsId: id })).toBe("/rapporter");
        // @ts-expect-error there is no such page
        expect(() => adress("insatsen")).toThrow(TypeError);
    });
    it("läses av routern bara med id:n i luckorna", () => {
        expect(rutt("rapporter")).toBe(vagar.rapporter);
        expect(rutt("samtycke-ratta")).toBe(
            "/samtycken/:samtyckeId([0-9a-fA-F-]{36})/ratta",
        );
    });
});
