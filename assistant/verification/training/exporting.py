"""The network written as it ships: ONNX, weights at eight bits."""

import tempfile
from pathlib import Path

import torch

from assistant.verification.training.network import Judge, OnePair

_EXAMPLE, _OWN = 48, 16  # pieces of a made-up pair, and of its sentence
_OPERATIONS = ["MatMul", "Gemm", "Gather"]


def export(judge: Judge, folder: Path) -> None:
    """Write ``inference.onnx`` into a folder."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    pair = (torch.full((1, _EXAMPLE), 5), torch.tensor(_OWN))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        full = Path(place) / "full.onnx"
        torch.onnx.export(
            OnePair(judge).eval(),
            pair,
            str(full),
            input_names=["ids", "length"],
            output_names=["score"],
            dynamic_shapes={"ids": {1: torch.export.Dim("pieces", min=8, max=500)}, "length": {}},
            dynamo=True,
            external_data=False,
        )
        graph = onnx.load(str(full))
        del graph.graph.value_info[:]  # shapes that the quantizer reads differently
        onnx.save(graph, str(full))
        quantize_dynamic(
            full,
            folder / "inference.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=_OPERATIONS,
        )
    _forget_its_making(folder / "inference.onnx")


def _forget_its_making(file: Path) -> None:
    """Take out of a model where on this machine each of its operations was written."""
    import onnx

    model = onnx.load(str(file))
    for part in (model, model.graph, *model.graph.node, *model.graph.input, *model.graph.output):
        del part.metadata_props[:]
        part.doc_string = ""
    onnx.save(model, str(file))
