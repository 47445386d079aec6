"""How many threads reading computes on."""

import cv2
import threadpoolctl


def compute_on_one_thread() -> None:
    """From now on compute on the thread that asks alone: for a process that shares the cores with others.

    OpenCV's and NumPy's matrices are too small here for more: threads that wait for them spin, which took
    twice the processor time.
    """
    cv2.setNumThreads(1)
    threadpoolctl.threadpool_limits(1)
