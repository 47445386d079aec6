"""Muon for convolutions: the optimizer that training uses."""

import math
import re

import keras
from keras import ops


@keras.saving.register_keras_serializable("digit_cnn")
class ConvMuon(keras.optimizers.Muon):
    """`keras.optimizers.Muon` that also takes the kernels of convolutions.

    Keras leaves all but matrices to Adam. After Jordan et al. (2024, "Muon: an optimizer for hidden
    layers in neural networks"), a kernel of shape (height, width, in, out) is the matrix
    (height * width * in, out). Biases, norms, the first convolution and the layers named in
    `exclude_layers` stay with Adam.
    """

    def _should_use_adamw(self, variable) -> bool:
        inputs = math.prod(tuple(variable.shape)[:-1])  # the matrix's rows
        few_inputs = inputs <= 9  # a vector, or the 3x3 kernels of the one input channel
        return few_inputs or any(re.search(name, variable.path) for name in self.exclude_layers)

    def _muon_update_step(self, gradient, variable, lr, m) -> None:
        self.assign(m, gradient + m * self.momentum)
        step = gradient + m * self.momentum if self.nesterov else m
        matrix = ops.reshape(step, (-1, variable.shape[-1]))
        update = self.lr_adjust(lr * self.zeropower_via_newtonschulz5(matrix, self.ns_steps))
        self.assign_sub(variable, ops.reshape(update, variable.shape))
