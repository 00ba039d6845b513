"""The right reader for each network's file."""

from .crnn_file import open_crnn
from .crnn_names import read_names
from .network import ModuleNetwork, Network
from .network_names import NetworkName
from .segmentation import open_segmentation
from .settings import Settings
from .yolov5 import Yolov5Network


def open_network(network: NetworkName, settings: Settings) -> Network:
    path, trust = settings.weights[network], settings.trust_pickle
    match network:
        case "objects" | "textDetection":
            return Yolov5Network(path, settings.yolov5, trust_pickle=trust)
        case "textRecognition":
            return ModuleNetwork(open_crnn(path, trust_pickle=trust, names=read_names(settings.crnn_names)))
        case "structures" | "spaces":
            return ModuleNetwork(open_segmentation(path, trust_pickle=trust, encoder=settings.encoder))
