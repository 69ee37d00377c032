"""Dropout that takes one random byte a value, as a processor draws random numbers slowly."""

import torch

_LEVELS = 256


class ByteDropout(torch.nn.Dropout):
    """Dropout (Srivastava et al. 2014) with a probability in steps of 1/256, below 1."""

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        """Return the values, some of them 0 and the others larger, while it is trained."""
        dropped = round(self.p * _LEVELS)
        if not self.training or dropped == 0:
            return input
        words = torch.empty((input.numel() + 7) // 8, dtype=torch.int64, device=input.device)
        drawn = words.random_(-(2**63), None).view(torch.uint8)[: input.numel()]
        kept = drawn.view_as(input) >= dropped
        return input * kept * (_LEVELS / (_LEVELS - dropped))


def quicken_dropout(module: torch.nn.Module) -> None:
    """Put `ByteDropout` in the place of every dropout inside a module."""
    for name, child in module.named_children():
        if isinstance(child, torch.nn.Dropout):
            setattr(module, name, ByteDropout(child.p))
        else:
            quicken_dropout(child)
