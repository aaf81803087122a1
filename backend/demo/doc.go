// Package demo fills an empty database with a believable register, the same for
// the same seed number and today, and hands out tokens for it.
//
// Everything is registered through the use cases of store and auth, each under
// a clock set to the day it is said to have happened, and never by inserts. Two
// parts stand beside each other: the budgetår 2010 of Samordningsförbundet
// Uppsala län, which prints the two tables of the seed figure by figure, and a
// living present of four förbund over the three years up to today. Persons have
// Skatteverket's test numbers, phones PTS's numbers for fiction.
//
// Whether a database is a demo stands in the database (installation.demo). Tokens,
// log-ins and actors are refused for every other.
package demo
