import { beforeEach, describe, expect, it } from "vitest";
import { listanMed, minnsLista, nastaILista } from "./listminne";

type Status = "PAGAENDE" | "AVSLUTAD";

describe("listan som gås igenom", () => {
    const visad: [string, Status][] = [
        ["a", "PAGAENDE"],
        ["b", "AVSLUTAD"],
        ["c", "PAGAENDE"],
        ["d", "PAGAENDE"],
    ];
    let nu: [string, Status][];
    beforeEach(() => {
        nu = visad;
        minnsLista(
            "i",
            "/insatser/i?sida=2",
            visad.map(([id]) => ({ id })),
            () => Promise.resolve(nu.map(([id, status]) => ({ id, status }))),
        );
    });

    it("har den nästa som pågår, och ingen efter den sista", async () => {
        expect(await nastaILista("a")).toBe("c");
        expect(await nastaILista("b")).toBe("c");
        expect(await nastaILista("d")).toBeUndefined();
        expect(await nastaILista("annan")).toBeUndefined();
    });
    it("går förbi den som någon har avslutat under tiden, eller som inte är kvar", async () => {
        nu = [
            ["c", "AVSLUTAD"],
            ["d", "PAGAENDE"],
        ];
        expect(await nastaILista("a")).toBe("d");
        nu = [["c", "AVSLUTAD"]];
        expect(await nastaILista("a")).toBeUndefined();
    });
    it("fortsätter med den som har flyttat upp på sidan", async () => {
        nu = [
            ["e", "PAGAENDE"],
            ["f", "PAGAENDE"],
        ];
        expect(await nastaILista("d")).toBe("e");
        nu = [["f", "PAGAENDE"]];
        expect(await nastaILista("e")).toBe("f");
        expect(listanMed("e")?.adress).toBe("/insatser/i?sida=2");
    });
    it("leder tillbaka till sig själv, för den som fanns i den", () => {
        expect(listanMed("a")?.adress).toBe("/insatser/i?sida=2");
        expect(listanMed("annan")).toBeUndefined();
    });
});
