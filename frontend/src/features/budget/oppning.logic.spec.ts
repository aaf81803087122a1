import { expect, it } from "vitest";
import { granska, tillTrad } from "@/shared/formular/tabell";
import { oppningsetiketter, oppningstabell } from "./oppning.logic";

it("en öppning har ett skäl, på en rad", () => {
    const c = { idag: "2026-03-02" };
    expect(Object.keys(oppningsetiketter)).toEqual(["/skal"]);
    expect(granska(oppningstabell, { skal: " " }, c)).toMatchObject([
        {
            pekare: "/skal",
            meddelande: "Skriv kort varför budgetåret öppnas.",
        },
    ]);
    expect(
        tillTrad(oppningstabell, { skal: " Utfallet\nsaknas. " }, c),
    ).toEqual({ skal: "Utfallet saknas." });
});
