"""The same tasks in NumPy, as one would write them in a notebook. Reads one JSON request a line, answers one a line."""
import json
import sys
import time

import numpy as np


def topsis(values):
    """Hwang & Yoon: all columns minimised, equal weights; closeness of every row."""
    weighted = -values / np.linalg.norm(values, axis=0) / values.shape[1]
    to_best = np.linalg.norm(weighted - weighted.max(axis=0), axis=1)
    to_worst = np.linalg.norm(weighted - weighted.min(axis=0), axis=1)
    return to_worst / (to_best + to_worst)


def desirability(values):
    """Derringer & Suich: all columns minimised from 0 to 1, linear, equal weights."""
    return np.exp(np.log(np.clip(1 - values, 0, 1)).mean(axis=1))


def fronts(values):
    """Fronts by peeling: rows sorted by their sum, each front by comparison with its members."""
    numbers = np.zeros(len(values), dtype=int)
    left = np.argsort(values.sum(axis=1), kind="stable")
    front = 0
    while len(left):
        front += 1
        rest = left
        members = []
        while len(rest):
            head, rest = rest[0], rest[1:]
            members.append(head)
            better = values[head]
            beaten = (better <= values[rest]).all(axis=1) & (better < values[rest]).any(axis=1)
            rest = rest[~beaten]
        numbers[members] = front
        left = left[numbers[left] == 0]
    return numbers


def draws(values, count):
    """Share of draws in which each row is first by the desirability, errors of 0.05, independent."""
    generator = np.random.default_rng(1)
    first = np.zeros(len(values))
    for _ in range(count):
        scores = desirability(values + 0.05 * generator.standard_normal(values.shape))
        places = np.argsort(-scores, kind="stable")
        first[places[0]] += 1
    return first / count


TASKS = {"topsis": topsis, "desirability": desirability, "fronts": fronts, "draws": draws}

np.seterr(divide="ignore")
for line in sys.stdin:
    request = json.loads(line)
    values = np.fromfile(request["file"]).reshape(-1, request["objectives"])
    arguments = [request["draws"]] if "draws" in request else []
    seconds = []
    for _ in range(request["rounds"]):
        start = time.process_time()
        result = TASKS[request["task"]](values, *arguments)
        seconds.append(time.process_time() - start)
    probe = [float(result[0]), float(result[-1]), float(np.sum(result)), float(np.max(result))]
    print(json.dumps({"seconds": sorted(seconds)[len(seconds) // 2], "probe": probe, "numpy": np.__version__}), flush=True)
