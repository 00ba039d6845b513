import torch


def first_tensor(output: object) -> torch.Tensor:
    """Networks with side outputs (feature maps, a classification head) give the one that counts first."""
    while isinstance(output, (tuple, list)) and output:
        output = output[0]
    if not isinstance(output, torch.Tensor):
        raise TypeError(f"gives a {type(output).__name__} where a tensor is needed")
    return output
