/** Small archives of the real packers, as base64. The contents are made here; only their packing is not ours. */

/** Digits without repetitions: Huffman codes with a table of their own. */
export const NUMBERS = `${Array.from({ length: 120 }, (_, index) => (Math.sin(index) * 1000).toFixed(4)).join('\n')}\n`;
/** Several blocks of every format, each of them short. */
export const REPEATED = 'free  energy\n'.repeat(17_000);

// `zstd -19`, `pzstd` of Zstandard 1.5.4; `bzip2 -1` of bzip2 1.0.8; `xz` of XZ Utils 5.4.1
const SAMPLES = {
  zstdNumbers:
    'KLUv/WRrAxURALpGdAgJsD2wSSWQWanogwCDAIQAeeiJznQHTYs7cHpD8tlraeY5bIqRhwRaiWaLQytmfJVQEksn9MzOR1myukfeQUy/pIN5hy' +
    'HU8GS5Q4nixhxoYo7DroVxjr+BJ46pftB8ZNCJ3/+hIhOuMqiliEeqk0Z+vnd5n13NpHwcKNXcaYfaRPoMoREjlpIWfvx4Q7AslY2IcARB0EhC' +
    'H11vMD1/s058VA0xs4xBxwz9HxpPdJpBx+a2Uw/nfPnOZxx4fSF5bqA4hiY7FMvGeQgVQjONlDLREq9R3GHZS6BRioVooYSajPnkUJw5pwl0SM' +
    'RW2LKj6d7LI9+nkmSmOugT0fJDcVKcU1CcDH+sF7n/F2/KYtZDClcU9ITCGc/WLxyXpTzZqImSlklopZVpDj3D8KFAKS4mwlodOe/NnDEJNTLT' +
    'n4NiZpp+KI6IqwpqiTeJdWLM/3sY4jvrSaIxCUpXYstDYxB9eNCiSZNNsSws9mI8TYjNSnSJQBHnxic0YsxmCR0x8w0Uc9I32bgJx7xoRsaTYq' +
    'T4hNBEEd8deiHpCpWKsiBBZ+yWPPT48/OgJXc+mpJR2eqtyLsSe0kxHnr2+5nQEjPXJRSnxlXQm0KfZC0lffOiJLpSalNiHISSkTnw0Jo5yxD0' +
    'Mu+Za96k62/ahMeqZ0e+MGhejP9DL0kmNChinI9UxDRTvig3przG2NhqoDI5zjpU7spHhBrmbSHF+00BAHrhuCA=',
  zstdRepeated: 'KLUv/aRIXwMArAAAaGZyZWUgIGVuZXJneQoBAPD/kM8vRQAAAAEARV+QTyAZB/Xh',
  pzstdNumbers:
    'UCpNGAQAAAA7AgAAKLUv/QRYdREAykIICAqgPYHf7vB/tAgBfQB9AHsAkQ6cpiH5LGs38xz2YuQhgdbRbJHQihlfHUpi96Fndj56ySo9kh3EO0' +
    's6+HQYQg2TLJdQokjjB3r8OOxaGOfIbOCJY6o5aD4y6ESmMxMqMuEqg9pFPFKdGzmfvXv67Gom5cSBUk36llCbuM8QGjFiKWlhjjOyIViWeiMi' +
    'HAG9wXsy+zrxUTXEzDJmGHn0zaBjk7akHs75np2cceA1C8lzA8UxNFlCsWz8Q6gQmmmk9KMlskaRDntTAo1SLEQLHWoy5pOE4sz5JtAhEVthyx' +
    'JNl70f+XIqJzPVQfOIlkzxp6A4D+dYU6R4UxazHlK4oqAnFP4TmkRnuoPeAvfSk2zUo9wyh9atTJPQMwwfCpQixURYqyP/sv+MSajx3zkHxf+m' +
    'FHFVQe2YJrFOjDkzexjiO+vJ0XiC0pXYntAYRB8etGhusimWhcWyGHkTYl9HlwgUcdKYN5sdOmLmz33zxk04JotmZDwpxsVJCD2K+C7kriBonN' +
    'BHF5WKsiBBZywtT2hinvMHLbnz0ZSMylbZiqfr2JSLMdP5Q0vMXHcoTo2roDeFPnntcp8cXZfalBgHoWRkDkxozZxlCHp/eub6m7tswmPVsyNf' +
    'GPQXk3IyoUER45xIRbyZnkW5Mf0aY2Orgcp8/Eqo3JUTn7aQ4mWa8q28cAQNABJYUgrEBkEAo2ti5SV3XLXVIhiRJI25QmAarIuJrkFbZ9dIWz' +
    'MFeuG4IA==',
  bzip2Numbers:
    'QlpoMTFBWSZTWYSAgAQAAJzYAEAQAAN/4EAC0HNrVIOip+gGmlQNVPzJo1QoMfmijUANU/IAShezpEL+fzV5XzwXSH8oNt9LjtyLat7e6hk2mK' +
    'vQXnEcr17FOeEmxlSJ2cCKnit5nQKlIcLQtegfv35a7Z9O+UpeuJbq7w5eTWqTnWuCpzqdWSTa7MM21tPd55QUsE3gUFt4lZNqaMG8DkTmyTXA' +
    '1KDu1tSzXcthpI24P6ILthDEgs3cY6Usp6jWlJot4urT4zUKvWua5ugj8Rdamr0cVfO814E3m6LsNr0Y2vpiPAdBVwK64ZTNoI82vsIzzwy/CP' +
    'MoUJz9mZ9PSnSXzfY04QYtp1I5uOxzccyjNLk/gztu2HuwOq280+6RCi8afbyBWzUfYRd5bx54cY/I3tDOjgPdmRL8omOgPrqwXpKvTdqxm622' +
    'GjKiXCCsVseKJRb1nJz0T8/lh3T4Wby7FPVWHZ1yN/byMdKoM1xND2pSd57XXk+IkCIno8PE5pJoj5zM+Anfbgj1dP3dVxOUlEso6sm27Bb+f0' +
    'x0zc9YSQ0j0sI95zE+TWGYF87Z0HuDH1Pnmeci6kUo0t72zMWLgiGoMOhaeKxuddSCv2mFcOXHHJzcdNvFB4rsij6Vu8arttM6DB4i5u4h1scm' +
    'o2mDRqTinfIaMl3zd1eIT967DFKpQYHTfDjbRzUCcNF9cl8A7sMTQ3im94oaaOUVXwKZEoJEn+LuSKcKEhCQEACA',
  bzip2Repeated:
    'QlpoMTFBWSZTWWcmCF4AeCtRgAAQQAADgRAgIACQIYEBSpPU09TUgVZSBVlIFXKQKtpAq8pAq2kCrqQKt9pAq7SBVtIFXKQKsSBV+YoKyTKazI' +
    'fJuhAFogqMAACCAAAcCIEBAASBDAgKVJ6mnqbSBVlIFWUgVcpAq2kCrykCraQKu0gVYkCr2kCr6kCrlIFWpAq/MUFZJlNZRQ5uAAAixFGAABBA' +
    'AAOBECAgAHBDAgKVTamnqbRIsRIsRIvESLUSLiJFqJF1EiyiReokXyJFnESLaJF+LuSKcKEh8MhD+A==',
  xzRepeated:
    '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj419HAHJdADMciOCVDlZODK5ZW4sJ75rhkoVCNUycRunNaunMUw9yZpei2hu9YgMHB8FuFAmVtCdNF0' +
    '8SBPMEAqAJL6nuR9Jodsq0RGHp+gR9J+rdlwylaKJ/NnFGwfzqsZaslNPsIDWUbZB3ZxOxAZqoXiRxbcEpAAAAAPSGWMkOIzL2AAGOAci+DQB7' +
    '4xgTscRn+wIAAAAABFla',
} as const;

export function sample(name: keyof typeof SAMPLES): Buffer {
  return Buffer.from(SAMPLES[name], 'base64');
}
