"""What can be wrong with a picture, whoever asks for it to be read."""


class PictureError(Exception):
    """A picture that can't be read; `wrong` says what it must be, such as "must hold a picture"."""

    def __init__(self, wrong: str):
        super().__init__(f"image {wrong}.")
        self.wrong = wrong


class PictureTooLargeError(PictureError):
    """A picture with more pixels than may be decoded."""
