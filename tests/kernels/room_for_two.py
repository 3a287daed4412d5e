"""A template that may have two children only."""

from amparo.kernels import template

template.MOST_CHILDREN = 2
