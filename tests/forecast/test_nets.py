"""The nets that score a question's candidates together."""

import numpy as np

from marsad.forecast.tkg import nets
from marsad.forecast.tkg.nets import _slopes, learn_nets, read_scales


def questions(n=400, seed=0):
    """The true target is the candidate whose second feature is largest; the first says nothing."""
    features = np.random.default_rng(seed).uniform(0, 10, (n, 8, 2)).astype(np.float16)
    labels = (features[:, :, 1] == features[:, :, 1].max(axis=1, keepdims=True)).astype(np.int8)
    read_scales(features).apply(features)
    return features, labels


def test_a_scaled_feature_has_mean_0_and_spread_1():
    features = np.exp(np.random.default_rng(5).normal(3, 2, (500, 4, 1))).astype(np.float16)
    read_scales(features).apply(features)
    assert abs(features.mean(dtype=np.float64)) < 0.05
    assert abs(features.std(dtype=np.float64) - 1) < 0.05


def test_a_feature_that_is_always_the_same_is_scaled_to_nothing():
    features = np.full((30, 4, 1), 999, dtype=np.float16)
    read_scales(features).apply(features)
    assert (np.abs(features) < 0.1).all()


def test_the_feature_that_tells_is_found(monkeypatch):
    monkeypatch.setattr(nets, "N_BATCH", 8)
    learnt = learn_nets(*questions(), seed=0)
    features, labels = questions(seed=1)
    first = learnt.score(features).argmax(axis=1)
    assert labels[np.arange(len(first)), first].mean() > 0.8  # by chance .125


def test_the_same_seed_learns_the_same():
    features, labels = questions()
    first, again = (learn_nets(features, labels, seed=4).score(features) for _ in range(2))
    np.testing.assert_array_equal(first, again)


def test_the_slopes_are_those_of_the_surprise():
    rng = np.random.default_rng(2)
    net = [(rng.standard_normal((a, b)), rng.standard_normal(b)) for a, b in ((3, 4), (4, 1))]
    x, labels = rng.standard_normal((5, 6, 3)), np.eye(6, dtype=np.int8)[:5]

    def surprise():
        hidden = np.maximum(x @ net[0][0] + net[0][1], 0)
        scores = (hidden @ net[1][0] + net[1][1])[:, :, 0]
        return np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[labels == 1])

    slope = _slopes(net, x, labels)[0][1, 2]
    before, step = surprise(), 1e-6
    net[0][0][1, 2] += step
    np.testing.assert_allclose((surprise() - before) / step, slope, rtol=1e-2, atol=1e-4)
