import { type UseQueryReturnType, useQuery } from "@tanstack/vue-query";
import {
    type ComputedRef,
    type MaybeRefOrGetter,
    type Ref,
    computed,
    toValue,
} from "vue";
import { allaSidor } from "@/shared/api/allaSidor";
import { type Hamtning, samlat } from "@/shared/api/hamtning";
import { api, kropp } from "@/shared/api/klient";
import type { Schema } from "@/shared/api/typer";
import type { Alternativ } from "@/shared/ui/alternativ";
import type { Kodrad } from "./kodverk.logic";

const timme = 3_600_000;

export const kodverksnycklar = {
    alla: ["kodverk"] as const,
    kod: (typ: Schema<"Kodverkstyp">, kod: string) =>
        ["kodverk", typ, kod] as const,
    kodverk: (typ: Schema<"Kodverkstyp">) => ["kodverk", typ] as const,
    kommuner: () => ["kommuner"] as const,
};

/** A code list with all its dated rows. It changes a few times a year. */
export function useKodverk(
    typ: MaybeRefOrGetter<Schema<"Kodverkstyp">>,
): UseQueryReturnType<Kodrad[], Error> {
    return useQuery({
        queryKey: () => kodverksnycklar.kodverk(toValue(typ)),
        queryFn: ({ signal }) =>
            allaSidor(
                (sida) =>
                    kropp(
                        api.GET("/kodverk", {
                            params: {
                                query: { kodverk: toValue(typ), ...sida },
                            },
                            signal,
                        }),
                    ),
                (r) =>
                    [r.kod, r.giltigFran, r.samverkansform, r.tillhor].join(),
            ),
        staleTime: timme,
        gcTime: timme,
    });
}

type Listor<T> = { [K in keyof T]: Readonly<Ref<Kodrad[] | undefined>> };

/** The code lists that a form chooses from, in the order they are asked for. */
export function useKodverken<const T extends Schema<"Kodverkstyp">[]>(
    ...typer: T
): Hamtning & { listor: Listor<T> } {
    const fragor = typer.map((typ) => useKodverk(typ));
    return {
        ...samlat(...fragor),
        listor: fragor.map((f) => f.data) as Listor<T>,
    };
}

/** All 290 kommuner with their län. */
export function useKommuner(): UseQueryReturnType<Schema<"Kommun">[], Error> {
    return useQuery({
        queryKey: kodverksnycklar.kommuner(),
        queryFn: ({ signal }) =>
            allaSidor(
                (query) =>
                    kropp(api.GET("/kommuner", { params: { query }, signal })),
                (k) => k.kod,
            ),
        staleTime: timme,
        gcTime: timme,
    });
}

/** The kommuner to choose among, by code; none before they have come. */
export function useKommunval(): ComputedRef<Alternativ[]> {
    const { data } = useKommuner();
    return computed(() =>
        (data.value ?? []).map((k) => ({
            varde: k.kod,
            text: `${k.namn} (${k.kod})`,
        })),
    );
}

/** What a kommun is called; its code until that is known, undefined for none. */
export function useKommunnamn(
    kod: MaybeRefOrGetter<string | undefined>,
): ComputedRef<string | undefined> {
    const { data } = useKommuner();
    return computed(() => {
        const k = toValue(kod);
        return data.value?.find((rad) => rad.kod === k)?.namn ?? k;
    });
}

/** A code with all its dated rows; nothing is asked for while none is chosen. */
export function useKod(
    typ: MaybeRefOrGetter<Schema<"Kodverkstyp">>,
    kod: MaybeRefOrGetter<string>,
): UseQueryReturnType<Schema<"DateradKod">, Error> {
    return useQuery({
        queryKey: () => kodverksnycklar.kod(toValue(typ), toValue(kod)),
        queryFn: ({ signal }) =>
            kropp(
                api.GET("/kodverk/{kodverk}/koder/{kod}", {
                    params: {
                        path: { kodverk: toValue(typ), kod: toValue(kod) },
                    },
                    signal,
                }),
            ),
        enabled: () => toValue(kod) !== "",
    });
}
