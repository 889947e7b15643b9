// The words of the page, in the language of whoever looks at it, for everything below.
import { createContext, useContext } from "react";

const Words = createContext({});

export const Speaking = Words.Provider;

export function useWords() {
  return useContext(Words);
}
