"""志愿服务记录证明: asked for, frozen, signed, checked by anybody, void once it is wrong."""
