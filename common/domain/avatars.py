"""Avatars in the bucket: avatars/<user>/<id>.jpg, a prefix that starts no function."""

from common.domain.users import UserId

PREFIX = "avatars"
MEDIA_TYPE = "image/jpeg"

#: What a phone may send. chooseAvatar gives far less; a photo from the album may have more.
MOST_BYTES = 4 * 1024 * 1024
#: Square, and sharp on the densest screens.
SIDE_PX = 480


def avatar_key(user_id: UserId, avatar_id: str) -> str:
    return f"{PREFIX}/{user_id}/{avatar_id}.jpg"


def is_avatar(key: str) -> bool:
    return key.startswith(f"{PREFIX}/")
